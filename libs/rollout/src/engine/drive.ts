import type { Action, RolloutEvent } from '../decide/events.ts';
import { reduce } from '../decide/reduce.ts';
import type { Rollout } from '../decide/turn.ts';
import { wakeAt } from '../decide/wake.ts';
import type { Clock } from '../ports/clock.ts';
import type { Judge } from '../ports/judge.ts';
import type { Lock } from '../ports/lock.ts';
import type { Platform } from '../ports/platform.ts';
import type { RolloutStore } from '../ports/store.ts';
import type { RolloutRecord } from '../record/record.ts';
import { changesOf } from './changes-of.ts';
import { DrivenElsewhereError, messageOf } from './errors.ts';
import { Hands, type HandsOptions } from './hands.ts';
import { Inbox } from './inbox.ts';
import { Ledger } from './ledger.ts';
import { watchPlatform, type WatchOptions } from './watch-platform.ts';

/** What a driver works with. */
export interface DriveOptions {
  readonly platform: Platform;
  readonly store: RolloutStore;
  readonly judge: Judge;
  readonly clock: Clock;
  /** What the rollout is stored as. */
  readonly key: string;
  /** Names this process among all that may drive, such as `ana@laptop:4711`. */
  readonly holder: string;
  /** Held while it drives, where the platform has one. */
  readonly lock?: Lock;
  /** Without a sign of a driver for so long, another may take over; 15,000 by default. */
  readonly leaseMs?: number;
  /** Where another driver holds the rollout: give up (the default), wait until it is gone, or take over. */
  readonly whenHeld?: 'refuse' | 'wait' | 'take over';
  /** Told whenever something was saved. */
  readonly onChange?: (record: RolloutRecord) => void;
  /** Told of every save that failed and is tried again. */
  readonly onTrouble?: (error: unknown) => void;
  /** Stops the driver where it stands; the rollout can be driven on by any other. */
  readonly signal?: AbortSignal;
}

/**
 * How often a driver looks for commands in the store at most: a second is soon enough for a person.
 * Where the store can be watched it looks only when that tells of a change, which its own saves are, too.
 */
const POLL_MS = 1000;

/**
 * Drives a stored rollout until it has ended (or is held, or `signal` aborts), from wherever it
 * stands. Acts on what the platform's watch tells, at once; saves before every action.
 *
 * @returns the record as it was last saved
 * @throws {@link DrivenElsewhereError} where another driver holds it, or has taken over
 */
export async function drive(options: DriveOptions): Promise<RolloutRecord> {
  const stop = new AbortController();
  const onAbort = () => {
    stop.abort();
  };
  if (options.signal?.aborted) stop.abort();
  options.signal?.addEventListener('abort', onAbort);
  try {
    return await new Driver(options, stop.signal, await open(options, stop.signal)).run();
  } finally {
    stop.abort();
    // One that cannot be let go of runs out by itself.
    await options.lock?.release().catch(() => undefined);
    options.signal?.removeEventListener('abort', onAbort);
  }
}

async function open(options: DriveOptions, signal: AbortSignal): Promise<Ledger> {
  const { leaseMs = 15_000, whenHeld = 'refuse', clock, lock, key } = options;
  const takesOver = whenHeld === 'take over';
  for (;;) {
    try {
      const held = await lock?.hold(takesOver);
      if (held) throw new DrivenElsewhereError(key, held, clock.now());
      return await Ledger.open({ ...options, leaseMs, signal }, takesOver);
    } catch (error) {
      const waits = whenHeld === 'wait' && error instanceof DrivenElsewhereError;
      if (!waits || signal.aborted) throw error;
      await clock.sleep(POLL_MS, signal);
    }
  }
}

class Driver {
  readonly #options: DriveOptions;
  readonly #signal: AbortSignal;
  readonly #ledger: Ledger;
  readonly #inbox: Inbox<RolloutEvent>;
  readonly #reporting: WatchOptions & HandsOptions;
  readonly #hands: Hands;
  #rollout: Rollout;
  #polledAt: number;
  /** What is stored may be news. */
  #isTold = true;
  #loadedAt = -Infinity;
  #lockedAt: number;

  constructor(options: DriveOptions, signal: AbortSignal, ledger: Ledger) {
    this.#options = options;
    this.#signal = signal;
    this.#ledger = ledger;
    this.#inbox = new Inbox(options.clock);
    this.#polledAt = options.clock.now();
    this.#lockedAt = this.#polledAt;
    this.#rollout = { record: ledger.record, seen: undefined, looking: undefined };
    const { selector } = ledger.record;
    this.#reporting = { ...options, signal, selector, report: this.#report };
    this.#hands = new Hands(this.#reporting);
  }

  async run(): Promise<RolloutRecord> {
    const { clock } = this.#options;
    const { absentSince } = this.#ledger;
    const judgeTrouble = this.#restoreJudge();
    await this.#turn({ kind: 'resumed', at: clock.now(), absentSince, judgeTrouble });
    if (!this.#isOver()) {
      void watchPlatform(this.#reporting);
      void this.#watchStore();
    }
    while (!this.#isOver()) {
      const event = await this.#inbox.next(this.#wakeAt(), this.#signal);
      // What waited while a save was tried again is news now, and not when it came.
      await this.#turn({ ...(event ?? { kind: 'tick' }), at: clock.now() });
      if (clock.now() >= this.#pollAt()) await this.#poll();
    }
    return this.#ledger.release();
  }

  /** Why the judge does not go on from its saved sums; undefined where it does, or there are none. */
  #restoreJudge(): string | undefined {
    const { judge } = this.#ledger.record;
    if (judge === undefined || judge === null) return undefined;
    try {
      this.#options.judge.restore(judge);
      return undefined;
    } catch (error) {
      return `its saved sums cannot be read: ${messageOf(error)}`;
    }
  }

  #isOver(): boolean {
    return this.#rollout.record.outcome !== undefined || this.#signal.aborted;
  }

  readonly #report = (event: RolloutEvent): void => {
    // Only the newest snapshot counts: what an older one lacked may be there by now.
    const isSnapshot = (e: RolloutEvent) => e.kind === 'workloads' && e.listing === undefined;
    this.#inbox.push(event, isSnapshot(event) ? isSnapshot : undefined);
  };

  /** Decides, saves, acts: in this order, and all over where someone else has saved meanwhile. */
  async #turn(event: RolloutEvent): Promise<void> {
    const { onChange } = this.#options;
    let open: readonly Action[] = [];
    for (;;) {
      const { rollout, actions } = reduce(this.#rollout, event);
      const mustSave = this.#ledger.differs(rollout.record) || this.#isHeartbeatDue();
      const isSaved = mustSave ? await this.#ledger.save(rollout.record) : true;
      if (isSaved === undefined) return;
      if (isSaved) {
        this.#rollout = mustSave ? { ...rollout, record: this.#ledger.record } : rollout;
        if (mustSave) onChange?.(this.#rollout.record);
        for (const action of [...open, ...actions]) this.#hands.carryOut(action);
        return;
      }
      // A save of ours that seemed to fail may be what is stored: then its asks are still open.
      const { seen } = this.#rollout;
      const stored = { ...this.#rollout, record: this.#ledger.record };
      const resumed = reduce(stored, { kind: 'resumed', at: event.at });
      this.#rollout = { ...resumed.rollout, seen };
      open = resumed.actions;
    }
  }

  async #poll(): Promise<void> {
    this.#polledAt = this.#options.clock.now();
    if (this.#polledAt >= this.#lockedAt + this.#renewMs()) await this.#keepLock();
    if (!this.#isTold) return;
    this.#isTold = false;
    this.#loadedAt = this.#options.clock.now();
    const isNews = await this.#ledger.refresh();
    // A store that could not be reached is asked again.
    this.#isTold ||= isNews === undefined;
    if (isNews !== true) return;
    this.#rollout = { ...this.#rollout, record: this.#ledger.record };
    await this.#turn({ kind: 'tick', at: this.#options.clock.now() });
  }

  #wakeAt(): number {
    const now = this.#options.clock.now();
    const poll = this.#pollAt();
    return Math.min(wakeAt(this.#rollout, now) ?? poll, poll, this.#heartbeatAt());
  }

  #pollAt(): number {
    return (this.#isTold ? Math.min(this.#loadedAt, this.#polledAt) : this.#polledAt) + POLL_MS;
  }

  async #watchStore(): Promise<void> {
    const { store, key, clock } = this.#options;
    const changes = changesOf(store, key, { clock, everyMs: POLL_MS, signal: this.#signal });
    while (!(await changes.next()).done) {
      this.#isTold = true;
      const isTick = ({ kind }: RolloutEvent) => kind === 'tick';
      this.#inbox.push({ kind: 'tick', at: clock.now() }, isTick);
    }
  }

  /** A lock that cannot be reached is tried again; until it runs out nobody else has it. */
  async #keepLock(): Promise<void> {
    const { lock, key, clock, onTrouble } = this.#options;
    let held;
    try {
      held = await lock?.hold(false);
      this.#lockedAt = clock.now();
    } catch (error) {
      onTrouble?.(error);
    }
    if (held) throw new DrivenElsewhereError(key, held, clock.now());
  }

  #renewMs(): number {
    return (this.#options.leaseMs ?? 15_000) / 3;
  }

  #heartbeatAt(): number {
    return this.#ledger.savedAt + this.#renewMs();
  }

  #isHeartbeatDue(): boolean {
    return this.#options.clock.now() >= this.#heartbeatAt();
  }
}
