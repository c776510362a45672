import { expect, it } from 'vitest';
import type { Look, Target } from '../ports/observer.ts';
import { lookOf, type Exposing } from '../testing/exposing.ts';
import { judgeFor } from './judge-for.ts';

const BEGIN = 1_000_000;
const STABLES = ['1a', '1b', '1c', '1d'];
const context = {
  ...{ rollout: 'r1', app: 'shop', stage: 1, startedAt: BEGIN },
  stable: { release: '1', replicas: 4 },
  canary: { release: '2', replicas: 1 },
};

const counted = (all: number, underWay: number): Exposing => ({
  'http_requests_total{status="200"}': all,
  http_requests_in_flight: underWay,
});
const SILENT: Target = {
  ...{ pod: '2a', release: '2', url: '', unanswered: true },
  health: 'down',
  error: 'context deadline exceeded',
};

/** Looks every second: ten requests each to four stable pods, none completed by the canary. */
function looks(canaryUnderWay: number | undefined): Look[] {
  return Array.from({ length: 31 }, (_, second): Look => {
    const stables = STABLES.map((pod) => [pod, counted(10 * second, 1)] as const);
    const canary = canaryUnderWay === undefined ? {} : { '2a': counted(0, canaryUnderWay) };
    const look = lookOf(BEGIN + 1000 * second, { ...Object.fromEntries(stables), ...canary });
    return canaryUnderWay === undefined ? { ...look, targets: [...look.targets, SILENT] } : look;
  });
}

async function secondOf(all: readonly Look[], verdict: string) {
  const left = [...all];
  const judge = judgeFor(
    { look: () => Promise.resolve(left.shift()!) },
    { judge: { metrics: ['errors'] } },
  );
  judge.begin(context);
  const { signal } = new AbortController();
  for (let second = 0; second < all.length; second++) {
    const opinion = await judge.look(signal);
    if (opinion.verdict === verdict) return { second, reason: opinion.reason };
  }
  return undefined;
}

it('rolls a canary back whose counters nobody answers, while the stable release does', async () => {
  const found = await secondOf(looks(undefined), 'roll back');
  expect(found?.second).toBeLessThanOrEqual(20);
  expect(found?.reason).toContain('2 does not answer, not even when it is asked for its counters');
});

it('rolls a canary back that takes requests and completes none', async () => {
  const found = await secondOf(looks(40), 'roll back');
  expect(found?.second).toBeLessThanOrEqual(20);
  expect(found?.reason).toContain('2 takes requests and answers none');
});

it('has no data of a canary that simply gets no request', async () => {
  expect(await secondOf(looks(0), 'roll back')).toBeUndefined();
});
