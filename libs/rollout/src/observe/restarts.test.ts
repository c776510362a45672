import { describe, expect, it } from 'vitest';
import { lookOf } from '../testing/exposing.ts';
import { judgeFor } from './judge-for.ts';

const { signal } = new AbortController();
const ok = (value: number) => ({ 'http_requests_total{status="200"}': value });

/** Opinions of looks each second; the canary is not as old as `age` says, and its counters with it. */
async function judged(
  canaryAt: (second: number) => { age: number; restarts?: number; startedAt?: number },
) {
  const looks = Array.from({ length: 60 }, (_, second) => {
    const { age, ...canary } = canaryAt(second);
    const pods = { '1a': ok(1000 * second), '2a': ok(1000 * age) };
    return lookOf(1_000_000 + 1000 * second, pods, {
      '1a': { restarts: 0 },
      '2a': { startedAt: undefined, ...canary },
    });
  });
  const judge = judgeFor({ look: () => Promise.resolve(looks.shift()!) });
  judge.begin({
    ...{ rollout: 'r', app: 'shop', stage: 0, startedAt: 1_000_000 },
    stable: { release: '1', replicas: 1 },
    canary: { release: '2', replicas: 1 },
  });
  const opinions = [];
  while (looks.length > 0) opinions.push(await judge.look(signal));
  const restarts = opinions.at(-1)?.judgement?.metrics.find(({ metric }) => metric === 'restarts');
  return restarts?.canary.events;
}

describe('restarts of the canary', () => {
  it('are those that the platform tells', async () => {
    const looping = (second: number) => ({ age: second % 8, restarts: Math.floor(second / 8) });
    expect(await judged(looping)).toBe(7);
  });

  it('follow from start times where the platform tells none', async () => {
    const looping = (second: number) => {
      const age = second % 8;
      return { age, startedAt: 1_000_000 + 1000 * (second - age) };
    };
    expect(await judged(looping)).toBe(7);
  });

  it('are none where only the start moves a little', async () => {
    const moving = (second: number) => ({ age: second, startedAt: 1_000_000 + 4 * second });
    expect(await judged(moving)).toBe(0);
  });
});
