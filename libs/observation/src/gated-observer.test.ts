import type { Look, Target } from '@canary/rollout';
import { expect, it } from 'vitest';
import { gatedObserver } from './gated-observer.ts';

const target = (pod: string, change: Partial<Target> = {}): Target => ({
  pod,
  release: '2.0.0',
  url: `http://${pod}/metrics`,
  health: 'up',
  error: undefined,
  ...change,
});
const look: Look = {
  at: 1,
  samples: [],
  targets: [target('a'), target('b', { health: 'down', error: 'refused' })],
};
const seen = async (others: () => Promise<readonly Target[]>) =>
  (
    await gatedObserver({ look: () => Promise.resolve(look) }, others, 'Prometheus').look()
  ).targets.map(({ pod, health, error }) => [pod, health, error]);

it.each<[string, readonly Target[], [string, string | undefined]]>([
  ['is UP where the other source has it UP', [target('a')], ['up', undefined]],
  ['is not UP where that has not found it', [], ['unknown', 'Prometheus has not found it']],
  [
    'is DOWN where it is DOWN there, for that reason',
    [target('a', { health: 'down', error: 'server returned HTTP status 404' })],
    ['down', 'Prometheus: server returned HTTP status 404'],
  ],
  [
    'is not UP before it was scraped',
    [target('a', { health: 'unknown' })],
    ['unknown', 'Prometheus: it was not scraped yet'],
  ],
])('a target that answers %s', async (_, others, expected) => {
  expect(await seen(() => Promise.resolve(others))).toEqual([
    ['a', ...expected],
    ['b', 'down', 'refused'],
  ]);
});

it('has nothing UP where the other source cannot be asked, and counts all the same', async () => {
  const silent = () => Promise.reject(new Error('Prometheus at http://p cannot be reached'));
  expect(await seen(silent)).toEqual([
    ['a', 'unknown', 'Prometheus at http://p cannot be reached'],
    ['b', 'down', 'refused'],
  ]);
});
