import { backoff } from '../decide/backoff.ts';
import type { Clock } from '../ports/clock.ts';
import { ConflictError, type RolloutStore } from '../ports/store.ts';
import { isDriven } from '../record/is-driven.ts';
import type { RolloutRecord } from '../record/record.ts';
import { DrivenElsewhereError, RolloutStateError } from './errors.ts';
import { fitting } from './fit.ts';
import { loadRollout } from './load.ts';

/** Where a driver's rollout is stored, and as whom it drives. */
export interface LedgerOptions {
  readonly store: RolloutStore;
  readonly clock: Clock;
  readonly key: string;
  readonly holder: string;
  readonly leaseMs: number;
  readonly signal: AbortSignal;
  /** Told of every save that failed and is tried again. */
  readonly onTrouble?: (error: unknown) => void;
}

/**
 * A stored rollout in the hands of one driver: every save is a heartbeat, and fails where another
 * driver has taken over. A store that cannot be reached is tried again until it can be.
 */
export class Ledger {
  readonly #options: LedgerOptions;
  #record: RolloutRecord;
  #version: string;
  #text: string;
  #savedAt: number;
  /** Since when no driver lived when this one took it; undefined where one did, or none had begun. */
  readonly absentSince: number | undefined;

  private constructor(options: LedgerOptions, record: RolloutRecord, version: string) {
    this.#options = options;
    this.#record = record;
    this.#version = version;
    this.#text = textOf(record);
    this.#savedAt = options.clock.now();
    const { driver, leftAt } = record;
    const since = driver ? driver.heartbeatAt + driver.leaseMs : leftAt;
    this.absentSince = since !== undefined && since < this.#savedAt ? since : undefined;
  }

  /**
   * Takes the rollout that is stored into one's hands.
   *
   * @param takesOver whether to take it from a driver that gave a sign of life lately
   * @throws {@link DrivenElsewhereError} where another driver holds it
   */
  static async open(options: LedgerOptions, takesOver: boolean): Promise<Ledger> {
    const { store, key, clock, holder } = options;
    const { value, version } = await loadRollout(store, key);
    const { driver } = value;
    const now = clock.now();
    if (driver && driver.holder !== holder && isDriven(value, now) && !takesOver) {
      throw new DrivenElsewhereError(key, driver, now);
    }
    const ledger = new Ledger(options, value, version);
    if (!(await ledger.#trySave(value))) {
      const winner = ledger.#record.driver;
      // A command came between: once more.
      if (!winner || winner.holder === driver?.holder) return Ledger.open(options, takesOver);
      throw new DrivenElsewhereError(key, winner, now);
    }
    return ledger;
  }

  /** What is stored. */
  get record(): RolloutRecord {
    return this.#record;
  }

  /** When the last save was made, in milliseconds since the Unix epoch. */
  get savedAt(): number {
    return this.#savedAt;
  }

  /** Whether a record says something that is not stored yet. */
  differs(record: RolloutRecord): boolean {
    return record !== this.#record && textOf(record) !== this.#text;
  }

  /**
   * Saves; resolves with false where someone else has saved meanwhile, and what they saved is in
   * `record` now. Resolves with undefined where it was told to stop before the store could be reached.
   *
   * @throws {@link DrivenElsewhereError} where another driver has taken over
   */
  async save(record: RolloutRecord): Promise<boolean | undefined> {
    const isSaved = await this.#insist(() => this.#trySave(record));
    if (isSaved === false) this.#checkHolder();
    return isSaved;
  }

  /**
   * Loads what is stored; true where someone else has changed it, undefined where it cannot be reached.
   *
   * @throws {@link DrivenElsewhereError} where another driver has taken over
   */
  async refresh(): Promise<boolean | undefined> {
    try {
      if (!(await this.#reload())) return false;
    } catch (error) {
      if (error instanceof RolloutStateError) throw error;
      return undefined;
    }
    this.#checkHolder();
    return true;
  }

  /** Lets go of it, so that another driver need not wait for the lease to run out. */
  async release(): Promise<RolloutRecord> {
    const { store, key, clock } = this.#options;
    const released = { ...this.#record, driver: undefined, leftAt: clock.now() };
    try {
      await store.save(key, released, this.#version);
      return released;
    } catch {
      // The lease runs out by itself.
      return this.#record;
    }
  }

  async #trySave(record: RolloutRecord): Promise<boolean> {
    const { store, key, holder, leaseMs, clock } = this.#options;
    const now = clock.now();
    const driver = { holder, leaseMs, heartbeatAt: now };
    const next = fitting({ ...record, driver, leftAt: undefined }, now);
    try {
      this.#take(next, await store.save(key, next, this.#version));
      return true;
    } catch (error) {
      if (!(error instanceof ConflictError)) throw error;
      await this.#reload();
      return false;
    }
  }

  /** Whether what is stored is another version than ours. */
  async #reload(): Promise<boolean> {
    const { store, key } = this.#options;
    const { value, version } = await loadRollout(store, key);
    if (version === this.#version) return false;
    const savedAt = this.#savedAt;
    this.#take(value, version);
    this.#savedAt = savedAt;
    return true;
  }

  #take(record: RolloutRecord, version: string): void {
    this.#record = record;
    this.#version = version;
    this.#text = textOf(record);
    this.#savedAt = this.#options.clock.now();
  }

  #checkHolder(): void {
    const { key, holder, clock } = this.#options;
    const { driver } = this.#record;
    if (driver?.holder !== holder) throw new DrivenElsewhereError(key, driver, clock.now());
  }

  async #insist<Result>(attempt: () => Promise<Result>): Promise<Result | undefined> {
    const { clock, signal, onTrouble } = this.#options;
    for (let failures = 1; !signal.aborted; failures++) {
      try {
        return await attempt();
      } catch (error) {
        if (error instanceof RolloutStateError || error instanceof DrivenElsewhereError)
          throw error;
        onTrouble?.(error);
        await clock.sleep(backoff(failures), signal);
      }
    }
    return undefined;
  }
}

function textOf(record: RolloutRecord): string {
  return JSON.stringify({ ...record, driver: undefined, leftAt: undefined });
}
