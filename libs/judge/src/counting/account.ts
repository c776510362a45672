import type { PodCounters } from './counters.ts';
import { lengthen } from './series-index.ts';

/** A pod's sample but for its counters. */
export type Sampled = Omit<PodCounters, 'values' | 'inFlight'>;

/** What became of a sample; `suspect`: it waits whether its counts can be used. */
export type Step = 'counted' | 'suspect' | 'several';

/** Where the series of each position are summed up: a slot, or -1 for none. */
export interface Slots {
  readonly slots: readonly number[];
  /** Number of slots. */
  readonly length: number;
}

/** What an account needs to go on in another process; JSON. */
export interface SavedAccount {
  /** By slot: how much the total is above the sum of what the pod exposes. */
  readonly offsets?: readonly number[];
  /** The newest start of its process, where it is not the first. */
  readonly startedAt?: number;
  /** Restarts counted here, where the platform tells none. */
  readonly restarts?: number;
  readonly several?: true;
}

/** Start times that are computed anew at each look differ by milliseconds, and clocks by a second or two. */
const START_TOLERANCE_MS = 2000;
/** Counters that jump twice within so many samples are of several processes. */
const SUSPECT_SAMPLES = 5;
const LOST = 'its counts since the sample before are not known, and were left out';

/**
 * The totals of one pod, which never fall while it lives.
 *
 * A restart is a start later than the last sample, or counters that fell while the platform counted
 * a restart; then all series count from zero. Otherwise each series stands for itself: one that fell
 * counts from zero, one that is gone counts nothing, one that comes back counts its difference.
 *
 * Where the start moves and is no later than the last sample, or a series falls to more than it can
 * have counted anew, another process may have answered: that sample is a new baseline, and nothing is
 * told of the pod until the next ones are steady. If it happens twice within some samples, or most
 * series fall twice, several processes answer, and the pod's counts are never used again.
 */
export class Account {
  readonly release: string;
  /** The first start that was known: a later one is a restart, and told as that. */
  readonly startedAt: number | undefined;
  /** As the platform tells them, else those counted here. */
  restarts = 0;
  totals: number[] = [];
  /** Why the counts since the last sample are lost, if they are. */
  lost: string | undefined;
  #at: number;
  #newestStart: number | undefined;
  #platformRestarts: number | undefined;
  #ownRestarts = 0;
  /** By position the last value ever seen; undefined in an account that was resumed. */
  #last: number[] | undefined;
  /** What is exposed now, by slot. */
  #sums: readonly number[] = [];
  #offsets: readonly number[] = [];
  #samples = 0;
  #oddAt = -Infinity;
  #jumpedAt = -Infinity;
  #oddRestarts: number | undefined;
  #isSeveral = false;

  constructor(sampled: Sampled, raw?: number[], slots?: Slots) {
    this.release = sampled.release;
    this.startedAt = sampled.startedAt;
    this.#newestStart = sampled.startedAt;
    this.#at = sampled.at;
    this.#noteRestarts(sampled);
    if (!raw || !slots) return;
    this.#last = raw;
    this.#sums = sumsOf(raw, slots);
    this.totals = [...this.#sums];
  }

  /** Goes on from the totals that the judge had last. */
  static resumed(judged: PodCounters, saved: SavedAccount = {}): Account {
    const account = new Account(judged);
    account.totals = [...judged.values];
    account.#offsets = saved.offsets ?? [];
    account.#newestStart = saved.startedAt ?? judged.startedAt;
    account.#ownRestarts = saved.restarts ?? 0;
    account.restarts = judged.restarts ?? account.#ownRestarts;
    account.#isSeveral = saved.several ?? false;
    return account;
  }

  /** Takes in the pod's next sample; the same one once more changes nothing. */
  take(sampled: Sampled, raw: number[], slots: Slots): Step {
    this.lost = undefined;
    if (this.#isSeveral) return 'several';
    if (sampled.at <= this.#at && this.#last) return this.#standing();
    this.#samples++;
    const sums = sumsOf(raw, slots);
    const isLater = this.#startsLater(sampled);
    const hasMoved = this.#hasMoved(sampled);
    while (this.totals.length < slots.length) this.totals.push(0);
    if (this.#last) this.#goOn({ sampled, raw, slots, sums, isLater, hasMoved });
    else this.#goOnFromSums(sampled, sums, { isLater, hasMoved });
    this.#last ??= raw;
    this.#sums = sums;
    this.#at = sampled.at;
    this.#newestStart = sampled.startedAt ?? this.#newestStart;
    this.#noteRestarts(sampled);
    return this.#standing();
  }

  save(): SavedAccount | undefined {
    const offsets = this.#last
      ? this.totals.map((total, slot) => total - (this.#sums[slot] ?? 0))
      : this.#offsets;
    const saved = {
      ...(offsets.some((offset) => offset !== 0) ? { offsets } : {}),
      ...(this.#newestStart === undefined || this.#newestStart === this.startedAt
        ? {}
        : { startedAt: this.#newestStart }),
      ...(this.#ownRestarts > 0 ? { restarts: this.#ownRestarts } : {}),
      ...(this.#isSeveral ? { several: true as const } : {}),
    };
    return Object.keys(saved).length > 0 ? saved : undefined;
  }

  #standing(): Step {
    if (this.#isSeveral) return 'several';
    return this.#samples - this.#jumpedAt < SUSPECT_SAMPLES ? 'suspect' : 'counted';
  }

  #goOn({ sampled, raw, slots, sums, isLater, hasMoved }: Next): void {
    const last = this.#last!;
    lengthen(last, raw.length);
    const fall = fallOf(last, raw, slots);
    if (isLater || (fall.isOfMost && this.#isRestarted(sampled))) {
      this.#restart(sampled, sums);
      this.#last = raw;
      return;
    }
    const isJump = hasMoved || fall.isJump;
    if (isJump) this.lost = LOST;
    if (isJump || fall.isOfMost) this.#findOdd(sampled, isJump);
    for (let i = 0; i < raw.length; i++) {
      const now = raw[i]!;
      const before = last[i]!;
      if (Number.isNaN(now)) continue;
      last[i] = now;
      const slot = slots.slots[i]!;
      if (slot >= 0 && !isJump) this.totals[slot]! += now >= before ? now - before : now;
    }
  }

  /** In another process only sums are known: they go on where none fell, and are a new baseline else. */
  #goOnFromSums(
    sampled: Sampled,
    sums: readonly number[],
    { isLater, hasMoved }: Pick<Next, 'isLater' | 'hasMoved'>,
  ): void {
    const offset = (slot: number) => this.#offsets[slot] ?? 0;
    if (isLater) this.#restart(sampled, sums);
    else if (hasMoved || sums.some((sum, slot) => sum < this.totals[slot]! - offset(slot)))
      this.lost = LOST;
    else this.totals = sums.map((sum, slot) => sum + offset(slot));
  }

  #restart({ restarts }: Sampled, sums: readonly number[]): void {
    if (restarts === undefined) this.#ownRestarts++;
    this.totals = this.totals.map((total, slot) => total + sums[slot]!);
  }

  /** Twice soon, with no restart of the platform's between: the samples are of several processes. */
  #findOdd({ restarts, startedAt }: Sampled, isJump: boolean): void {
    // Nobody else tells of a restart.
    if (!isJump && startedAt === undefined && restarts === undefined) this.#ownRestarts++;
    const isAgain = this.#samples - this.#oddAt < SUSPECT_SAMPLES;
    const isExplained = (restarts ?? 0) > (this.#oddRestarts ?? Infinity);
    this.#isSeveral = isAgain && !isExplained;
    this.#oddAt = this.#samples;
    this.#oddRestarts = restarts;
    if (isJump) this.#jumpedAt = this.#samples;
  }

  #startsLater({ startedAt }: Sampled): boolean {
    if (startedAt === undefined || this.#newestStart === undefined) return false;
    return (
      startedAt > this.#newestStart + START_TOLERANCE_MS &&
      startedAt > this.#at - START_TOLERANCE_MS
    );
  }

  #hasMoved({ startedAt }: Sampled): boolean {
    if (startedAt === undefined || this.#newestStart === undefined) return false;
    return Math.abs(startedAt - this.#newestStart) > START_TOLERANCE_MS;
  }

  /** The platform counted one; of any container, which is why counters have to have fallen, too. */
  #isRestarted({ restarts }: Sampled): boolean {
    return (restarts ?? 0) > (this.#platformRestarts ?? Infinity);
  }

  #noteRestarts({ restarts }: Sampled): void {
    this.#platformRestarts = restarts ?? this.#platformRestarts;
    this.restarts = restarts ?? this.#ownRestarts;
  }
}

interface Next {
  readonly sampled: Sampled;
  readonly raw: number[];
  readonly slots: Slots;
  readonly sums: readonly number[];
  readonly isLater: boolean;
  readonly hasMoved: boolean;
}

/** What fell of a pod's counters. */
interface Fall {
  /** Most of those that counted something before, and are exposed still. */
  readonly isOfMost: boolean;
  /** One of them to so much that it cannot have begun anew since the last sample. */
  readonly isJump: boolean;
}

/** A counter that begins anew is far below what it was, or small. */
const ANEW_SHARE = 0.25;
const ANEW_COUNT = 10;

function fallOf(last: readonly number[], raw: readonly number[], { slots }: Slots): Fall {
  let fell = 0;
  let known = 0;
  let isJump = false;
  for (let i = 0; i < raw.length; i++) {
    const now = raw[i]!;
    const before = last[i]!;
    // A gauge may fall.
    if (slots[i]! < 0 || !(before > 0) || Number.isNaN(now)) continue;
    known++;
    if (now >= before) continue;
    fell++;
    isJump ||= now > ANEW_COUNT && now > ANEW_SHARE * before;
  }
  return { isOfMost: fell > 0 && 2 * fell > known, isJump };
}

function sumsOf(raw: readonly number[], { slots, length }: Slots): number[] {
  const sums = new Array<number>(length).fill(0);
  for (let i = 0; i < raw.length; i++) {
    const slot = slots[i]!;
    const value = raw[i]!;
    if (slot >= 0 && value > 0) sums[slot]! += value;
  }
  return sums;
}
