import type { Clock } from '../ports/clock.ts';
import type { RolloutStore } from '../ports/store.ts';
import { Inbox } from './inbox.ts';

/** How changes are waited for. */
export interface ChangesOptions {
  readonly clock: Clock;
  /** How often it is time to look where nothing tells of changes, in milliseconds. */
  readonly everyMs: number;
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Ends it with a last look at this time, in milliseconds since the Unix epoch. */
  readonly until?: number;
}

/** A watch may be silent because it is broken and nobody has noticed: it is looked all the same. */
const WATCHED_MS = 10_000;
/** What may not be watched now may be later, when somebody has given the right to it. */
const RETRY_MS = 30_000;

/**
 * When it is time to look at what is stored under a key, in milliseconds since the Unix epoch: now,
 * and whenever it may have changed. Where the store can be watched that is when it tells; where it
 * cannot, or refuses to be, it is every so often. It never throws.
 */
export async function* changesOf(
  store: Pick<RolloutStore, 'watch'>,
  key: string,
  { clock, everyMs, signal, until = Infinity }: ChangesOptions,
): AsyncGenerator<number> {
  const ended = new AbortController();
  const inner = AbortSignal.any([signal, ended.signal]);
  const told = new Inbox<'told'>(clock);
  const tell = () => {
    told.push('told', () => true);
  };
  const state = { isWatched: false };
  const watch = async () => {
    while (!inner.aborted) {
      try {
        const changes = store.watch?.(key, inner)[Symbol.asyncIterator]();
        if (!changes) return;
        while (!(await changes.next()).done) {
          state.isWatched = true;
          tell();
        }
      } catch {
        // It is looked every so often instead.
      }
      state.isWatched = false;
      tell();
      await clock.sleep(RETRY_MS, inner);
    }
  };
  void watch();
  try {
    while (!inner.aborted) {
      yield clock.now();
      if (clock.now() >= until) return;
      const pause = state.isWatched ? Math.max(everyMs, WATCHED_MS) : everyMs;
      await told.next(Math.min(until, clock.now() + pause), inner);
    }
  } finally {
    ended.abort();
  }
}
