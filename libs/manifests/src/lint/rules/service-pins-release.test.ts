import { expect, it } from 'vitest';
import { deployment, service, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { servicePinsRelease } from './service-pins-release.ts';

const released = (label: string, value: string) =>
  deployment({ labels: `{app: web, ${label}: "${value}"}` });
const pinned = (label: string, value: string) =>
  stream(service('web', `{app: web, ${label}: "${value}"}`), released(label, value));

it.each([
  ['release', '1.0.0'],
  ['version', 'v1'],
  ['app.kubernetes.io/version', '2.1'],
])('finds a Service that selects by %s', (label, value) => {
  expect(problems(servicePinsRelease, pinned(label, value))).toEqual([
    `4: Service web: selector asks for ${label}=${value}, so that a canary beside Deployment web gets no traffic`,
  ]);
});

it.each([
  ['it selects by app', stream(service('web', '{app: web}'), released('version', 'v1'))],
  ['the label is the name of a Helm release', pinned('release', 'my-release')],
  ['the label is a colour', pinned('version', 'green')],
  [
    'another Service has all releases',
    stream(pinned('version', 'v1'), service('all', '{app: web}')),
  ],
  ['no pods are given', service('web', '{app: web, version: v1}')],
])('finds nothing where %s', (_, yaml) => {
  expect(problems(servicePinsRelease, yaml)).toEqual([]);
});
