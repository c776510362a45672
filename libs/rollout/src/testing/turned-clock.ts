import type { Clock } from '../ports/clock.ts';

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

/** A clock that stands still until it is turned. */
export class TurnedClock implements Clock {
  #now: number;
  #timers: Timer[] = [];

  constructor(now = 1_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const stop = () => {
        cancel();
        resolve();
      };
      const cancel = this.after(ms, () => {
        signal.removeEventListener('abort', stop);
        resolve();
      });
      signal.addEventListener('abort', stop);
    });
  }

  /** Calls back when so much time has passed; the answer cancels it. */
  after(ms: number, ring: () => void): () => void {
    const timer = { at: this.#now + Math.max(0, ms), ring };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Lets everything run that time is not needed for, then turns to the next timer; false: there is none. */
  async turn(): Promise<boolean> {
    await idle();
    const next = Math.min(...this.#timers.map(({ at }) => at));
    if (next === Infinity) return false;
    this.#now = Math.max(this.#now, next);
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { ring } of due) ring();
    await idle();
    return true;
  }

  /** Turns until the promise is settled, for so much time at most. */
  async until<Result>(promise: Promise<Result>, mostMs: number): Promise<Result> {
    const state = { isSettled: false };
    const settle = () => {
      state.isSettled = true;
    };
    promise.then(settle, settle);
    await this.when(() => state.isSettled, mostMs);
    return promise;
  }

  /** Turns for so much time. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    this.after(ms, () => undefined);
    while (this.#now < end && (await this.turn()));
  }

  /** Turns until the condition holds, for so much time at most. */
  async when(condition: () => boolean, mostMs = 600_000): Promise<void> {
    const end = this.#now + mostMs;
    await idle();
    while (!condition()) {
      if (this.#now >= end || !(await this.turn())) {
        throw new Error(`condition not met: ${condition.toString()}`);
      }
    }
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
