import type { Clock } from '@canary/rollout';
import type { ProbeSpec } from './pod-schema.ts';
import type { Failure } from './probe-check.ts';

/** When a probe looks, and how often it must see the same. */
export type ProbeTimes = Pick<
  ProbeSpec,
  | 'initialDelaySeconds'
  | 'periodSeconds'
  | 'timeoutSeconds'
  | 'successThreshold'
  | 'failureThreshold'
>;

/** A probe at work. */
export interface ProbeRun {
  readonly times: ProbeTimes;
  /** Looks once; its signal aborts when the time for it is over. */
  readonly check: (signal: AbortSignal) => Promise<Failure>;
  /** Called whenever a threshold is reached, and at every further look that agrees. */
  readonly onResult: (failure: Failure) => void;
  readonly clock: Clock;
}

/** Looks again and again until the signal aborts, the first time after the initial delay. */
export async function runProbe(run: ProbeRun, signal: AbortSignal): Promise<void> {
  const { times, clock, onResult } = run;
  let failing: boolean | undefined;
  let streak = 0;
  await clock.sleep(times.initialDelaySeconds * 1000, signal);
  while (!signal.aborted) {
    const began = clock.now();
    const failure = await checkInTime(run, signal);
    if (isAborted(signal)) return;
    streak = failing === (failure !== undefined) ? streak + 1 : 1;
    failing = failure !== undefined;
    if (streak >= (failing ? times.failureThreshold : times.successThreshold)) onResult(failure);
    await clock.sleep(times.periodSeconds * 1000 - (clock.now() - began), signal);
  }
}

async function checkInTime(
  { check, clock, times }: ProbeRun,
  signal: AbortSignal,
): Promise<Failure> {
  const over = new AbortController();
  const abort = () => {
    over.abort();
  };
  signal.addEventListener('abort', abort);
  const late = clock
    .sleep(times.timeoutSeconds * 1000, over.signal)
    .then(() => `no answer within ${times.timeoutSeconds} s`);
  try {
    return await Promise.race([check(over.signal), late]);
  } finally {
    signal.removeEventListener('abort', abort);
    over.abort();
  }
}

/** Read through a function, since it changes while others are awaited. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
