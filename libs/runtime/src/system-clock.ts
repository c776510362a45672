import { setTimeout as after } from 'node:timers/promises';
import type { Clock } from '@canary/rollout';

/** The clock on the wall. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (milliseconds, signal) => {
    await after(Math.max(0, milliseconds), undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  },
};
