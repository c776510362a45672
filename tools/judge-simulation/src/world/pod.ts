import { poisson } from '../random/poisson.ts';
import type { Random } from '../random/random.ts';
import { BOUNDS, bucketShares, waitedShares } from './law.ts';
import type { Stretch } from './weather.ts';

/** How a pod's release behaves. */
export interface Behaviour {
  /** Requests per second that reach the pod. */
  readonly rate: number;
  /** Share of requests that fail, for the stable release. */
  readonly base: number;
  /** Times as many of them fail; infinite where all do. */
  readonly times: number;
  /** Times as long as usual that responses take. */
  readonly latency: number;
  /** Failures come so many at one instant. */
  readonly clump: number;
}

/** What happens to a pod; times in seconds after the first look, rising. */
export interface Fate {
  readonly stretches: readonly Stretch[];
  readonly restarts: readonly number[];
  /** When it begins to count. */
  readonly from: number;
  /** When its process started. */
  readonly startedAt: number;
}

/** What one side, or one pod, counted. */
export interface Counted {
  readonly requests: number;
  readonly failed: number;
  /** Requests up to each of {@link BOUNDS}. */
  readonly upTo: readonly number[];
}

/** Where counters stand in a pod's values; buckets follow, cumulative. */
const ANSWERED = 0;
const FAILED = 1;
const BUCKETS = 2;

/**
 * A pod that counts the requests it gets. Arrivals are a Poisson process, so that requests of each
 * kind (failed or not, by bucket) are independent Poisson counts, drawn per sample and not per request.
 */
export class Pod {
  readonly #random: Random;
  readonly #behaviour: Behaviour;
  readonly #fate: Fate;
  readonly #values = new Array<number>(BUCKETS + BOUNDS.length).fill(0);
  #sampled = [...this.#values];
  #now: number;
  #stretch = 0;
  #caughtUp = 0;
  #restart = 0;
  /** When its process started, in seconds after the first look. */
  startedAt: number;

  constructor(random: Random, behaviour: Behaviour, fate: Fate) {
    this.#random = random;
    this.#behaviour = behaviour;
    this.#fate = fate;
    this.#now = fate.from;
    this.startedAt = fate.startedAt;
  }

  /** Lives until a time. */
  advance(to: number): void {
    const { stretches, restarts } = this.#fate;
    while (this.#now < to) {
      const stretch = stretches[this.#stretch]!;
      const restart = restarts[this.#restart] ?? Infinity;
      const end = Math.min(to, stretch.until, restart);
      if (this.#caughtUp < this.#stretch) this.#catchUp(stretch);
      if (end > this.#now) {
        this.#count(stretch, end - this.#now, bucketShares(this.#latency(stretch)));
      }
      this.#now = end;
      if (end === stretch.until) this.#stretch++;
      if (end !== restart) continue;
      this.#restart++;
      this.#values.fill(0);
      this.#sampled.fill(0);
      this.startedAt = end;
    }
  }

  /** When it answers again, if it is paused at a time that it has not lived beyond; else undefined. */
  pausedUntil(time: number): number | undefined {
    const { stretches } = this.#fate;
    let stretch = this.#stretch;
    while (stretches[stretch]!.until <= time) stretch++;
    const { paused, until } = stretches[stretch]!;
    return paused ? until : undefined;
  }

  /** Its counters. */
  values(): readonly number[] {
    return [...this.#values];
  }

  /** What its counters counted since this was asked last; what a restart lost is not in it. */
  counted(): Counted {
    const since = this.#values.map((value, i) => value - this.#sampled[i]!);
    this.#sampled = [...this.#values];
    const failed = since[FAILED]!;
    return { requests: since[ANSWERED]! + failed, failed, upTo: since.slice(BUCKETS) };
  }

  /** Expected failures beyond those of the stable release until a time, and requests, sampled or not. */
  harmUntil(to: number): { readonly failed: number; readonly requests: number } {
    const { base } = this.#behaviour;
    let [now, failed, requests] = [this.#fate.from, 0, 0];
    for (const [i, stretch] of this.#fate.stretches.entries()) {
      const backlog = i > 0 && now < to ? stretch.backlogSeconds : 0;
      const seconds = Math.max(0, Math.min(to, stretch.until) - now);
      const mean = this.#mean(stretch, seconds + backlog);
      failed += mean * (failing(this.#own(stretch), stretch) - failing(base, stretch));
      requests += mean;
      now = Math.max(now, Math.min(to, stretch.until));
    }
    return { failed, requests };
  }

  #mean({ load }: Stretch, seconds: number): number {
    return this.#behaviour.rate * load * seconds;
  }

  /** The share of requests that fail through the release's own fault. */
  #own({ asGood }: Stretch): number {
    const { base, times } = this.#behaviour;
    return asGood ? base : base * times;
  }

  #latency({ asGood, slower }: Stretch): number {
    return asGood ? slower : slower * this.#behaviour.latency;
  }

  #catchUp(stretch: Stretch): void {
    this.#caughtUp = this.#stretch;
    const { backlogSeconds: seconds } = stretch;
    if (seconds > 0) {
      this.#count(stretch, seconds, waitedShares(this.#latency(stretch), seconds));
    }
  }

  #count(stretch: Stretch, seconds: number, shares: readonly number[]): void {
    const mean = this.#mean(stretch, seconds);
    if (mean === 0) return;
    const share = failing(this.#own(stretch), stretch);
    const failed = this.#failures(mean * share, shares);
    let upTo = 0;
    for (let bucket = 0; bucket < shares.length; bucket++) {
      const answered = poisson(this.#random, mean * (1 - share) * shares[bucket]!);
      this.#values[ANSWERED]! += answered;
      this.#values[FAILED]! += failed[bucket]!;
      upTo += answered + failed[bucket]!;
      this.#values[BUCKETS + bucket]! += upTo;
    }
  }

  /** Failed requests by bucket. Few are drawn in all, and each then gets its bucket: the same law, sooner. */
  #failures(mean: number, shares: readonly number[]): readonly number[] {
    const { clump } = this.#behaviour;
    if (clump === 1 && mean > FEW) {
      return shares.map((share) => poisson(this.#random, mean * share));
    }
    const count = clump * poisson(this.#random, mean / clump);
    if (count === 0) return NONE;
    const failed = [...NONE];
    for (let i = 0; i < count; i++) {
      let left = this.#random();
      const bucket = shares.findIndex((share) => (left -= share) < 0);
      failed[bucket === -1 ? failed.length - 1 : bucket]!++;
    }
    return failed;
  }
}

/** The share of requests that fail: those of the release's own, and of the others those in a burst. */
function failing(own: number, { errors, burst }: Stretch): number {
  return 1 - (1 - Math.min(1, own * errors)) * (1 - burst);
}

const FEW = 8;
const NONE: readonly number[] = BOUNDS.map(() => 0);

/** What the positions of a pod's values count, as the judge wants to know it. */
export const COUNTED = ['answered', 'failed', ...BOUNDS] as const;
