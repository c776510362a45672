import { expect, it } from 'vitest';
import { deployment, service, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { serviceSticky } from './service-sticky.ts';

const sticky = service('web', '{app: web}', 'sessionAffinity: ClientIP');
const release = (name: string) => deployment({ name, labels: `{app: web, release: ${name}}` });

it('finds a sticky Service in front of several releases', () => {
  expect(problems(serviceSticky, stream(sticky, release('v1'), release('v2')))).toEqual([
    '4: Service web: sessionAffinity is ClientIP, in front of Deployment v1, Deployment v2',
  ]);
});

it('finds nothing with one release, or without stickiness', () => {
  expect(problems(serviceSticky, stream(sticky, release('v1')))).toEqual([]);
  const loose = sticky.replace('ClientIP', 'None');
  expect(problems(serviceSticky, stream(loose, release('v1'), release('v2')))).toEqual([]);
});
