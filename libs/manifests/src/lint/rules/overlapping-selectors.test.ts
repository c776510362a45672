import { expect, it } from 'vitest';
import { deployment, stream } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { overlappingSelectors } from './overlapping-selectors.ts';

const release = (name: string, selector: string, more = {}) =>
  deployment({ name, labels: `{app: web, release: ${name}}`, selector, ...more });

it('finds a selector that matches the pods of another, once', () => {
  expect(
    problems(
      overlappingSelectors,
      stream(release('v1', '{app: web}'), release('v2', '{app: web, release: v2}')),
    ),
  ).toEqual(['4: Deployment v1: selector app=web matches the pods of Deployment v2 too']);
  expect(
    problems(
      overlappingSelectors,
      stream(release('v1', '{app: web}'), release('v2', '{app: web}')),
    ),
  ).toEqual(['13: Deployment v2: selector app=web matches the pods of Deployment v1 too']);
});

it.each([
  [
    'a label tells them apart',
    stream(release('v1', '{release: v1}'), release('v2', '{release: v2}')),
  ],
  [
    'they are of different namespaces',
    stream(release('v1', '{app: web}'), release('v2', '{app: web}', { namespace: 'a' })),
  ],
  ['it is the same object', stream(release('v1', '{app: web}'), release('v1', '{app: web}'))],
  [
    'the other is a Job, whose selector Kubernetes makes',
    stream(
      release('v1', '{app: web}'),
      release('v2', '{app: web}', { kind: 'Job' }).replace('apps/v1', 'batch/v1'),
    ),
  ],
])('finds nothing where %s', (_, yaml) => {
  expect(problems(overlappingSelectors, yaml)).toEqual([]);
});
