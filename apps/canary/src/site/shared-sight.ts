import type { Clock, Platform, Selector, Workload } from '@canary/rollout';

/**
 * What is there, for those who look and do nothing: it may be old by a moment. Whoever asks what
 * became of a change of theirs asks the platform itself.
 */
export type Sight = Pick<Platform, 'list'>;

/** A sight that watches; {@link close} ends its watches. */
export interface SharedSight extends Sight {
  close(): void;
}

/** A watch is kept for so long after it was last asked. */
const LINGER_MS = 30_000;
/** It is listed once more where nothing has come for so long: a watch may be broken and nobody notice. */
const SILENCE_MS = 20_000;
/** The first that a watch tells is waited for, since it costs as much as a list. */
const FIRST_MS = 1000;
/** After a watch has failed, it is listed for so long before it is tried again. */
const RETRY_MS = 60_000;

/**
 * Lists from a watch that all who look at the same workloads share, and that is there for as long as
 * somebody looks: nothing is asked of the platform while nothing changes. It is really listed where
 * there is no watch, it has failed, or has told nothing for long.
 */
export function sharedSight(platform: Pick<Platform, 'list' | 'watch'>, clock: Clock): SharedSight {
  const watches = new Map<string, Watched>();
  const closing = new AbortController();
  return {
    list: (selector) => {
      const key = JSON.stringify(selector);
      const watched =
        watches.get(key) ?? new Watched({ platform, clock, selector, closed: closing.signal });
      watches.set(key, watched);
      return watched.list();
    },
    close: () => {
      closing.abort();
    },
  };
}

interface WatchedOptions {
  readonly platform: Pick<Platform, 'list' | 'watch'>;
  readonly clock: Clock;
  readonly selector: Selector;
  readonly closed: AbortSignal;
}

class Watched {
  readonly #options: WatchedOptions;
  /** The watch's latest, while there is one. */
  #latest: { readonly workloads: readonly Workload[]; readonly at: number } | undefined;
  #askedAt = 0;
  #retryAt = -Infinity;
  /** Settles with the first that the watch under way tells, or its end. */
  #first: Promise<unknown> | undefined;

  constructor(options: WatchedOptions) {
    this.#options = options;
  }

  async list(): Promise<readonly Workload[]> {
    const { platform, clock, selector, closed } = this.#options;
    this.#askedAt = clock.now();
    const mayWatch = !closed.aborted && this.#askedAt >= this.#retryAt;
    if (!this.#first && mayWatch) this.#first = this.#begin();
    if (!this.#latest && this.#first) await this.#within(this.#first);
    const before = this.#latest;
    if (before && clock.now() < before.at + SILENCE_MS) return before.workloads;
    const workloads = await platform.list(selector);
    // What the watch has told meanwhile may be younger.
    if (before && this.#latest === before) this.#latest = { workloads, at: clock.now() };
    return workloads;
  }

  #begin(): Promise<unknown> {
    return new Promise<void>((resolve) => {
      void this.#watch(resolve).finally(resolve);
    });
  }

  async #watch(tell: () => void): Promise<void> {
    const { platform, clock, selector, closed } = this.#options;
    const leaving = new AbortController();
    void this.#linger(leaving);
    const ended = AbortSignal.any([closed, leaving.signal]);
    try {
      for await (const workloads of platform.watch(selector, ended)) {
        this.#latest = { workloads, at: clock.now() };
        tell();
      }
    } catch {
      // The list that is asked for instead says what is wrong, if anything is.
    }
    if (!ended.aborted) this.#retryAt = clock.now() + RETRY_MS;
    leaving.abort();
    this.#latest = undefined;
    this.#first = undefined;
  }

  /** Leaves a watch that nobody asks any more. */
  async #linger(leaving: AbortController): Promise<void> {
    const { clock, closed } = this.#options;
    const ended = AbortSignal.any([closed, leaving.signal]);
    while (!ended.aborted) {
      const left = this.#askedAt + LINGER_MS - clock.now();
      if (left <= 0) leaving.abort();
      else await clock.sleep(left, ended);
    }
  }

  async #within(first: Promise<unknown>): Promise<void> {
    const told = new AbortController();
    await Promise.race([first, this.#options.clock.sleep(FIRST_MS, told.signal)]);
    told.abort();
  }
}
