import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { shop } from '../../testing/shop.ts';
import { rollingUpdateOf } from '../rolling-update.ts';
import { rollingUpdate } from './rolling-update.ts';

const update = (replicas: number, maxSurge?: unknown, maxUnavailable?: unknown) => ({
  spec: { replicas, strategy: { rollingUpdate: { maxSurge, maxUnavailable } } },
});

it.each([
  ['all', update(2, 0, '100%'), 'with maxUnavailable 100% all of its 2 pods may go at once'],
  ['all, as nothing else could move', update(1, 0, 0), 'all of its 1 pods may go at once'],
  ['most', update(4, 0, 3), 'with maxUnavailable 3 it may have no more than 1 of 4 pods'],
])('warns where %s may go', (_, shop, message) => {
  expect(found(rollingUpdate, { shop })[0]).toContain(message);
});

it.each([
  ['the defaults', update(4)],
  ['half', update(2, 1, 1)],
  ['Recreate, which has its own finding', { spec: { strategy: { type: 'Recreate' } } }],
])('finds nothing in %s', (_, shop) => {
  expect(found(rollingUpdate, { shop })).toEqual([]);
});

it('rounds as Kubernetes does', () => {
  expect(rollingUpdateOf(shop(update(3)))).toEqual({ surge: 1, unavailable: 0 });
  expect(rollingUpdateOf(shop(update(10, '25%', '25%')))).toEqual({ surge: 3, unavailable: 2 });
});
