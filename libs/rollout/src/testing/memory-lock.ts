import type { Clock } from '../ports/clock.ts';
import type { Lock } from '../ports/lock.ts';
import type { Driver } from '../record/record.ts';

const LEASE_MS = 15_000;

/** A lock that all drivers of a test share, by one clock. */
export class MemoryLock {
  readonly #clock: Clock;
  held: Driver | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The lock as one driver has it. */
  for(holder: string): Lock {
    return {
      hold: (takesOver) => {
        const now = this.#clock.now();
        const { held } = this;
        const isFree = !held || held.holder === holder || now >= held.heartbeatAt + held.leaseMs;
        if (!isFree && !takesOver) return Promise.resolve(held);
        this.held = { holder, heartbeatAt: now, leaseMs: LEASE_MS };
        return Promise.resolve(undefined);
      },
      release: () => {
        if (this.held?.holder === holder) this.held = undefined;
        return Promise.resolve();
      },
    };
  }
}
