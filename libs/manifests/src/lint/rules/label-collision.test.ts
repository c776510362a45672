import { expect, it } from 'vitest';
import { deployment } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { labelCollision } from './label-collision.ts';

it('finds labels that Prometheus cannot tell apart', () => {
  expect(
    problems(labelCollision, deployment({ labels: '{a-b: x, a.b: y, a/b: x, ab: z}' })),
  ).toEqual(['6: Deployment web: labels a-b and a.b are both a_b to Prometheus']);
});

it('finds nothing where the names stay apart, or the values are the same', () => {
  expect(problems(labelCollision, deployment({ labels: '{a-b: x, ab: y, A-b: z}' }))).toEqual([]);
  expect(problems(labelCollision, deployment({ labels: '{a-b: x, a.b: x}' }))).toEqual([]);
});
