import type { Clock, Selector, Workload } from '@canary/rollout';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { workload } from '../testing/objects.ts';
import { sharedSight } from './shared-sight.ts';

const selector: Selector = { namespace: 'canary', labels: { appname: 'myapp' } };
const clock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};

/** A platform that counts what it is asked; `watches` says what becomes of a watch. */
function world(watches: 'tells' | 'is silent' | 'is refused' = 'tells') {
  const state = { watches, listed: 0, begun: 0, open: 0, replicas: 1 };
  const wakes = new Set<() => void>();
  const now = (): readonly Workload[] => [workload('1.0.0', state.replicas)];
  const sight = sharedSight(
    {
      list: () => {
        state.listed++;
        return Promise.resolve(now());
      },
      watch: async function* (_, signal) {
        state.begun++;
        if (state.watches === 'is refused') throw new Error('you may not watch pods');
        state.open++;
        while (!signal.aborted) {
          const change = new Promise<void>((resolve) => {
            wakes.add(resolve);
            signal.addEventListener('abort', () => {
              resolve();
            });
          });
          if (state.watches === 'tells') yield now();
          await change;
        }
        state.open--;
      },
    },
    clock,
  );
  return {
    ...{ state, sight },
    seen: async () => (await sight.list(selector))[0]?.pods.length,
    change: async (replicas: number) => {
      state.replicas = replicas;
      for (const wake of wakes) wake();
      await vi.advanceTimersByTimeAsync(1);
    },
  };
}

describe('a sight that is shared', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('asks the platform once, however many look and however often, and shows what has changed', async () => {
    const { state, seen, change } = world();
    expect(await Promise.all([seen(), seen()])).toEqual([1, 1]);
    for (let second = 0; second < 10; second++) {
      await vi.advanceTimersByTimeAsync(1000);
      await seen();
    }
    await change(3);
    expect(await seen()).toBe(3);
    expect(state).toMatchObject({ begun: 1, listed: 0 });
  });

  it('lists once more after a while, since a watch may be broken and nobody notice', async () => {
    const { state, seen } = world();
    await seen();
    state.replicas = 3;
    await vi.advanceTimersByTimeAsync(19_999);
    expect(await seen()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect([await seen(), await seen(), state.listed]).toEqual([3, 3, 1]);
  });

  it('leaves the watch half a minute after the last look, and begins another at the next', async () => {
    const { state, seen } = world();
    await seen();
    await vi.advanceTimersByTimeAsync(29_000);
    await seen();
    await vi.advanceTimersByTimeAsync(29_999);
    expect(state.open).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(state.open).toBe(0);
    state.replicas = 2;
    expect(await seen()).toBe(2);
    expect(state).toMatchObject({ open: 1, begun: 2 });
  });

  it('lists where the watch has told nothing yet', async () => {
    const { state, seen } = world('is silent');
    const first = seen();
    await vi.advanceTimersByTimeAsync(1000);
    expect(await first).toBe(1);
    expect(state).toMatchObject({ begun: 1, listed: 1 });
  });

  it('lists where it may not watch, and tries again after a minute', async () => {
    const { state, seen } = world('is refused');
    for (let look = 0; look < 5; look++) expect(await seen()).toBe(1);
    expect(state).toMatchObject({ begun: 1, listed: 5 });
    state.watches = 'tells';
    await vi.advanceTimersByTimeAsync(60_000);
    for (let look = 0; look < 5; look++) await seen();
    expect(state).toMatchObject({ begun: 2, listed: 5 });
  });

  it('watches no more once it is closed', async () => {
    const { state, seen, sight } = world();
    await seen();
    sight.close();
    await vi.advanceTimersByTimeAsync(1);
    expect([state.open, await seen()]).toEqual([0, 1]);
    expect(state).toMatchObject({ begun: 1, listed: 1 });
  });
});
