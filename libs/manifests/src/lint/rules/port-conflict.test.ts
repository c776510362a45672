import { expect, it } from 'vitest';
import { deployment } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { portConflict } from './port-conflict.ts';

const pod = (main: string, other: string) =>
  deployment({ container: `ports: [${main}]}, {name: other, ports: [${other}]` });

it('finds two containers at one port', () => {
  expect(problems(portConflict, pod('{containerPort: 80}', '{containerPort: 80}'))).toEqual([
    '8: Deployment web: containers main and other both declare port 80/TCP',
  ]);
});

it('finds one name twice in a container', () => {
  const ports = '{name: a, containerPort: 80}, {name: a, containerPort: 81}';
  expect(problems(portConflict, deployment({ container: `ports: [${ports}]` }))).toEqual([
    '8: Deployment web: container main declares two ports named a',
  ]);
});

it.each([
  ['other numbers', pod('{containerPort: 80}', '{containerPort: 81}')],
  ['other protocols', pod('{containerPort: 53}', '{containerPort: 53, protocol: UDP}')],
  [
    'one name in two containers',
    pod('{name: a, containerPort: 80}', '{name: a, containerPort: 81}'),
  ],
  ['two names for a port', pod('{name: a, containerPort: 80}, {name: b, containerPort: 80}', '')],
  [
    'an init container, which has ended',
    deployment().replace(
      'containers: [',
      'initContainers: [{name: i, ports: [{containerPort: 80}]}], containers: [',
    ),
  ],
])('lets %s be', (_, yaml) => {
  expect(problems(portConflict, yaml)).toEqual([]);
});
