import { expect, it } from 'vitest';
import { deployment, service, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { probesMissing } from './probes-missing.ts';

const front = service('web', '{app: web}');
const port = 'ports: [{name: http, containerPort: 80}]';
const probe = (name: string) => `${port}, ${name}: {httpGet: {path: /, port: http}}`;

it('finds traffic for a container without readiness', () => {
  const found = [
    '13: Deployment web: container main has no readiness probe, and Service web sends it traffic',
  ];
  expect(problems(probesMissing, stream(front, deployment()))).toEqual(found);
  const alive = deployment({ container: probe('livenessProbe') });
  expect(problems(probesMissing, stream(front, alive))).toEqual(found);
  const byName = service('web', '{app: web}', 'ports: [{port: 1, targetPort: http}]');
  expect(problems(probesMissing, stream(byName, deployment()))).toEqual(found);
});

it.each([
  ['there is a readiness probe', stream(front, deployment({ container: probe('readinessProbe') }))],
  ['no Service sends it traffic', deployment()],
  [
    'the traffic is for another container',
    stream(front, deployment({ container: 'ports: [{containerPort: 9}]' })),
  ],
  [
    'the Service is headless',
    stream(front.replace('ports:', 'clusterIP: None, ports:'), deployment()),
  ],
  ['it is a Job', stream(front, deployment({ kind: 'Job' }).replace('apps/v1', 'batch/v1'))],
])('finds nothing where %s', (_, yaml) => {
  expect(problems(probesMissing, yaml)).toEqual([]);
});
