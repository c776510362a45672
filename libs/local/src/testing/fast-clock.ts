import type { Clock } from '@canary/rollout';
import { systemClock } from '@canary/runtime';

/** How much faster the tests' platform runs than the clock on the wall. */
export const SPEED = 20;

/** A clock that runs so many times faster than the one on the wall. */
export function fastClock(times = SPEED): Clock {
  const start = Date.now();
  return {
    now: () => start + (Date.now() - start) * times,
    sleep: (milliseconds, signal) => systemClock.sleep(milliseconds / times, signal),
  };
}
