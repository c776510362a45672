import { expect, it } from 'vitest';
import { deployment } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { probePort } from './probe-port.ts';

const probed = (probe: string) =>
  deployment({ container: `ports: [{name: http, containerPort: 80}], ${probe}` });

it.each(['startupProbe', 'readinessProbe', 'livenessProbe'])('finds a %s of no port', (probe) => {
  expect(problems(probePort, probed(`${probe}: {httpGet: {path: /, port: web}}`))).toEqual([
    `8: Deployment web: ${probe} of container main asks port "web", and the container declares none of that name`,
  ]);
  expect(problems(probePort, probed(`${probe}: {tcpSocket: {port: web}}`))).toHaveLength(1);
});

it('lets names that are there, numbers and commands be', () => {
  for (const handler of [
    'httpGet: {path: /, port: http}',
    'httpGet: {path: /, port: 8080}',
    'httpGet: {path: /, port: "8080"}',
    'exec: {command: [check]}',
  ]) {
    expect(problems(probePort, probed(`readinessProbe: {${handler}}`))).toEqual([]);
  }
});
