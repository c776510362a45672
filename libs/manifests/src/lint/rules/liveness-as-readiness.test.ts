import { expect, it } from 'vitest';
import { deployment } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { livenessAsReadiness } from './liveness-as-readiness.ts';

const probed = (liveness: string, readiness: string) =>
  deployment({ container: `livenessProbe: {${liveness}}, readinessProbe: {${readiness}}` });
const get = 'httpGet: {path: /healthy, port: 80}';

it('finds a liveness probe that gives up when readiness does, or before', () => {
  expect(problems(livenessAsReadiness, probed(`${get}, timeoutSeconds: 2`, get))).toEqual([
    '8: Deployment web: container main: liveness asks the same as readiness, and gives up after 30 s, readiness after 30 s',
  ]);
  expect(problems(livenessAsReadiness, probed(`${get}, periodSeconds: 5`, get))).toHaveLength(1);
  const turned = 'httpGet: {port: 80, path: /healthy}';
  expect(problems(livenessAsReadiness, probed(get, turned))).toHaveLength(1);
});

it.each([
  ['liveness is more patient', probed(`${get}, failureThreshold: 6`, get)],
  ['liveness asks something else', probed(get.replace('healthy', 'alive'), get)],
  ['there is only one of them', deployment({ container: `livenessProbe: {${get}}` })],
])('finds nothing where %s', (_, yaml) => {
  expect(problems(livenessAsReadiness, yaml)).toEqual([]);
});
