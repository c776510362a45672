import { expect, it } from 'vitest';
import { deployment, service, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { serviceTargetPort } from './service-target-port.ts';

const check = (ports: string, container?: string, more = '') =>
  problems(
    serviceTargetPort,
    stream(
      service('web', '{app: web}', `${more}ports: [${ports}]`),
      deployment(container === undefined ? {} : { container }),
    ),
  );

it('finds a number and a name that no container has', () => {
  expect(check('{port: 80, targetPort: 8080}, {port: 81, targetPort: metrics}')).toEqual([
    '4: Service web: target port 8080 is none of the pods selected: Deployment web has 80 (http)',
    '4: Service web: target port "metrics" is none of the pods selected: Deployment web has 80 (http)',
  ]);
  expect(check('{port: 80, targetPort: http}', 'image: "web:1"')).toEqual([
    '4: Service web: target port "http" is none of the pods selected: Deployment web declares no port',
  ]);
});

it.each([
  ['it is the port itself', check('{port: 80}')],
  ['it is a name', check('{port: 1, targetPort: http}')],
  ['the pods declare no port', check('{port: 8080}', 'image: "web:1"')],
  [
    'a probe asks it',
    check(
      '{port: 8080}',
      'ports: [{containerPort: 80}], readinessProbe: {tcpSocket: {port: 8080}}',
    ),
  ],
  ['the Service is headless', check('{port: 8080}', undefined, 'clusterIP: None, ')],
  ['no pods are given', problems(serviceTargetPort, service('web', '{app: other}'))],
])('finds nothing where %s', (_, found) => {
  expect(found).toEqual([]);
});
