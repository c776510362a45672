import { expect, it } from 'vitest';
import type { Clock } from '@canary/rollout';
import { runProbe, type ProbeTimes } from './probe.ts';

/** A clock on which every wait is over at once, unless it is the time allowed for one look. */
function instantClock(): Clock & { readonly waits: number[] } {
  let now = 0;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    sleep: (milliseconds, signal) => {
      if (milliseconds === TIMEOUT * 1000)
        return new Promise((resolve) => {
          signal.addEventListener('abort', () => {
            resolve();
          });
        });
      waits.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
  };
}

const TIMEOUT = 77;
const times: ProbeTimes = {
  initialDelaySeconds: 0,
  periodSeconds: 10,
  timeoutSeconds: TIMEOUT,
  successThreshold: 1,
  failureThreshold: 3,
};

/** What is told after each of these looks: `+` is well, `-` is not. */
async function told(looks: string, given: Partial<ProbeTimes> = {}) {
  const stop = new AbortController();
  const results: string[] = [];
  const clock = instantClock();
  let look = 0;
  await runProbe(
    {
      times: { ...times, ...given },
      clock,
      check: () => {
        results.push('');
        const answer = looks[look++];
        if (look > looks.length) stop.abort();
        return Promise.resolve(answer === '-' ? 'bad' : undefined);
      },
      onResult: (failure) => {
        results[results.length - 1] = failure ?? 'well';
      },
    },
    stop.signal,
  );
  return { results: results.slice(0, looks.length), waits: clock.waits };
}

it('tells a failure at the threshold and not before', async () => {
  expect((await told('----')).results).toEqual(['', '', 'bad', 'bad']);
});

it('counts from the start again when a look is well in between', async () => {
  expect((await told('--+--')).results).toEqual(['', '', 'well', '', '']);
});

it('tells success at its threshold', async () => {
  expect((await told('+++', { successThreshold: 2 })).results).toEqual(['', 'well', 'well']);
});

it('looks first after the initial delay, then every period', async () => {
  expect((await told('++', { initialDelaySeconds: 5 })).waits.slice(0, 3)).toEqual([
    5000, 10_000, 10_000,
  ]);
});

it('takes a look that is not over in time for a failure, and ends it', async () => {
  const stop = new AbortController();
  const clock: Clock = { now: () => 0, sleep: () => Promise.resolve() };
  let ended = false;
  const failure = await new Promise((resolve) => {
    const check = (signal: AbortSignal) =>
      new Promise<undefined>(() => {
        signal.addEventListener('abort', () => (ended = true));
      });
    const run = { times: { ...times, failureThreshold: 1 }, clock, check, onResult: resolve };
    void runProbe(run, stop.signal);
  });
  stop.abort();
  expect(failure).toBe('no answer within 77 s');
  expect(ended).toBe(true);
});
