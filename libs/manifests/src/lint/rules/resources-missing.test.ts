import { expect, it } from 'vitest';
import { deployment, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { resourcesMissing } from './resources-missing.ts';

const sized = (resources: string) => deployment({ container: `resources: {${resources}}` });
const memory = 'limits: {memory: 1Gi}';

it('names what is missing', () => {
  expect(problems(resourcesMissing, deployment())).toEqual([
    '8: Deployment web: container main has no requests.cpu, requests.memory, limits.memory',
  ]);
  expect(problems(resourcesMissing, sized('requests: {cpu: 1, memory: 1Gi}'))).toEqual([
    '8: Deployment web: container main has no limits.memory',
  ]);
  expect(problems(resourcesMissing, sized(memory))).toEqual([
    '8: Deployment web: container main has no requests.cpu',
  ]);
});

it.each([
  ['all is there, but for a limit of CPU', sized(`requests: {cpu: 100m, memory: 1Gi}, ${memory}`)],
  ['a limit is the request too', sized('limits: {cpu: 1, memory: 1Gi}')],
  ['the pod as a whole has resources', deployment({ pod: 'resources: {limits: {cpu: 1}}' })],
  [
    'the namespace has defaults',
    stream(deployment(), 'apiVersion: v1\nkind: LimitRange\nmetadata: {name: all}\n'),
  ],
  [
    'it is an init container',
    sized('limits: {cpu: 1, memory: 1Gi}').replace(
      'containers: [',
      'initContainers: [{name: i}], containers: [',
    ),
  ],
])('finds nothing where %s', (_, yaml) => {
  expect(problems(resourcesMissing, yaml)).toEqual([]);
});
