import type { PodCounters } from './counters.ts';
import { Account, type SavedAccount, type Sampled, type Slots, type Step } from './account.ts';
import { SeriesIndex, type SeriesName, type SeriesValue } from './series-index.ts';
import type { Counted } from './tally.ts';

/** What a series is to the judge; `noted` has a position and is not counted. */
export type SeriesClass = Counted | 'noted' | InFlight;

/** A gauge of the requests that are being answered; of several that a pod has, the lowest rank counts. */
export interface InFlight {
  readonly inFlight: number;
}

/** All that one pod exposed at one instant, and what the platform says of it. */
export interface LedgerSample extends Omit<PodCounters, 'values' | 'inFlight'> {
  readonly series: readonly SeriesValue[];
}

/** Something about one pod that a person should know, in a sentence without its name. */
export interface PodNote {
  readonly pod: string;
  readonly release: string;
  readonly why: string;
}

/** What a look came to. */
export interface LedgerLook {
  /** What is counted at each position of the pods' values: one each, new bounds at the end. */
  readonly counted: readonly Counted[];
  /** Pods whose counts can be used, with totals that never fall. */
  readonly pods: readonly PodCounters[];
  /** Pods whose counts can never be used. */
  readonly troubles: readonly PodNote[];
  /** Series that were left out of this look for their value. */
  readonly unread: readonly PodNote[];
  /** Pods whose counts since their last sample are lost. */
  readonly lost: readonly PodNote[];
  /** Every sample's values by the index' position; NaN where it has none. */
  readonly values: ReadonlyMap<string, readonly number[]>;
}

/** What a ledger needs to go on in another process: next to nothing; JSON. */
export interface SavedLedger {
  /** Bounds of buckets in the order in which they were met; an infinite one is null. */
  readonly bounds: readonly (number | null)[];
  /** Pods whose totals are not simply the sums of what they expose. */
  readonly pods: Readonly<Record<string, SavedAccount>>;
}

const ANSWERED = 0;
const FAILED = 1;

/**
 * Stands between what pods expose and the judge: sums raw series into one total each for answered
 * and failed requests and for every bucket. The totals never fall while a pod lives, whatever its
 * series do: see {@link Account} for what counts as a restart, and what does not.
 *
 * Raw values are kept in memory only. A ledger that goes on in another process compares sums.
 */
export class SeriesLedger {
  /** Every series that has a class, by position. */
  readonly index: SeriesIndex;
  /** Their classes. */
  readonly classes: SeriesClass[] = [];
  readonly #classOf: (series: SeriesName) => SeriesClass | undefined;
  readonly #counted: Counted[] = ['answered', 'failed'];
  readonly #gauges: number[] = [];
  /** For every position its place in `#counted`, or -1. */
  readonly #slots: number[] = [];
  readonly #accounts = new Map<string, Account>();

  /**
   * @param saved what an earlier ledger saved
   * @param judged the pods' totals that the judge had last, from that ledger
   */
  constructor(
    classOf: (series: SeriesName) => SeriesClass | undefined,
    saved?: SavedLedger,
    judged: readonly PodCounters[] = [],
  ) {
    this.#classOf = classOf;
    this.index = new SeriesIndex((series) => classOf(series) !== undefined);
    if (!saved) return;
    this.#counted.push(...saved.bounds.map((bound) => bound ?? Infinity));
    for (const pod of judged) {
      this.#accounts.set(pod.pod, Account.resumed(pod, saved.pods[pod.pod]));
    }
  }

  /**
   * Takes in a look.
   *
   * @param there pods that are there, sampled or not; others are forgotten
   */
  take(samples: readonly LedgerSample[], there: readonly string[]): LedgerLook {
    const unread: PodNote[] = [];
    const values = new Map<string, number[]>();
    for (const { pod, release, series } of samples) {
      const read = this.index.read(series, (bad) => {
        unread.push({ pod, release, why: `${nameOf(bad)} is ${bad.value}, and was left out` });
      });
      values.set(pod, read);
    }
    this.#classify();
    const slots = { slots: this.#slots, length: this.#counted.length };
    const pods: PodCounters[] = [];
    const troubles: PodNote[] = [];
    const lost: PodNote[] = [];
    for (const sample of samples) {
      const { pod, release, at, ready } = sample;
      const raw = values.get(pod)!;
      const { account, step } = this.#accountOf(sample, raw, slots);
      if (account.lost !== undefined) lost.push({ pod, release, why: account.lost });
      if (step === 'several') {
        troubles.push({ pod, release, why: 'answers from several processes, its counts jump' });
      }
      if (step !== 'counted') continue;
      const { startedAt, restarts } = account;
      const inFlight = this.#inFlight(raw);
      const totals = [...account.totals];
      pods.push({ pod, release, at, startedAt, values: totals, restarts, ready, inFlight });
    }
    this.#forget(values, there);
    return { counted: [...this.#counted], pods, troubles, unread, lost, values };
  }

  /** What the next ledger needs. */
  save(): SavedLedger {
    const pods: Record<string, SavedAccount> = {};
    for (const [pod, account] of this.#accounts) {
      const saved = account.save();
      if (saved) pods[pod] = saved;
    }
    const bounds = this.#counted.filter((one) => typeof one === 'number');
    return { bounds: bounds.map((bound) => (bound === Infinity ? null : bound)), pods };
  }

  #accountOf(sample: Sampled, raw: number[], slots: Slots): { account: Account; step: Step } {
    const known = this.#accounts.get(sample.pod);
    if (known?.release === sample.release) {
      return { account: known, step: known.take(sample, raw, slots) };
    }
    const account = new Account(sample, raw, slots);
    this.#accounts.set(sample.pod, account);
    return { account, step: 'counted' };
  }

  /** Gives new positions their class. */
  #classify(): void {
    for (let i = this.classes.length; i < this.index.series.length; i++) {
      const one = this.#classOf(this.index.series[i]!)!;
      this.classes.push(one);
      if (typeof one === 'object') this.#gauges.push(i);
      this.#slots.push(this.#slotOf(one));
    }
  }

  #slotOf(one: SeriesClass): number {
    if (one === 'answered') return ANSWERED;
    if (one === 'failed') return FAILED;
    if (typeof one !== 'number') return -1;
    const found = this.#counted.indexOf(one);
    return found >= 0 ? found : this.#counted.push(one) - 1;
  }

  #inFlight(raw: readonly number[]): number | undefined {
    let rank = Infinity;
    let sum = 0;
    for (const i of this.#gauges) {
      const { inFlight } = this.classes[i] as InFlight;
      if (!(raw[i]! >= 0) || inFlight > rank) continue;
      if (inFlight < rank) sum = 0;
      rank = inFlight;
      sum += raw[i]!;
    }
    return rank === Infinity ? undefined : sum;
  }

  #forget(sampled: LedgerLook['values'], there: readonly string[]): void {
    // Each pod that was sampled has an account: without others there is none to forget.
    if (this.#accounts.size === sampled.size) return;
    const stay = new Set([...there, ...sampled.keys()]);
    for (const pod of this.#accounts.keys()) if (!stay.has(pod)) this.#accounts.delete(pod);
  }
}

/** A series as a person writes it, such as `http_requests_total{status="200"}`; a long one is cut off. */
export function nameOf({ name, labels }: SeriesName): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  const text = pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
  return text.length > LONG_NAME ? `${text.slice(0, LONG_NAME)}…` : text;
}

const LONG_NAME = 200;
