import type { BucketCounts } from '../formulas/same-law.ts';
import { scoresOf } from '../formulas/same-law.ts';
import type { JudgeOptions } from '../options.ts';
import type { Tally } from '../counting/tally.ts';

const QUANTILES = [0.5, 0.9, 0.99];

/** What response times are held against; made from earlier batches only. */
export interface LatencyView {
  /** The buckets' bounds in the order of tallies, in seconds. */
  readonly layout: readonly number[];
  /** The bounds that both sides expose, rising; the last is infinite. */
  readonly bounds: readonly number[];
  /** For each quantile the bound of the bucket that held it in the past; none without a past. */
  readonly thresholds: readonly number[];
  /** The bound of the objective's bucket. */
  readonly objective: number | undefined;
  /** What `same law` scores buckets by. */
  readonly scores: readonly (readonly number[])[];
}

/** What {@link latencyView} is made from. */
export interface LatencyFacts {
  readonly layout: readonly number[];
  /** The bounds that each side exposes. */
  readonly exposed: Readonly<Record<'canary' | 'stable', readonly number[]>>;
  /** Requests of the stable release's earlier batches up to each bound, as in tallies. */
  readonly past: readonly number[];
}

/**
 * How response times are looked at. A bound that one side does not expose is left out: without that, a
 * canary with other buckets would seem slow. The highest threshold is the highest finite bound, as
 * no request is slower than an infinite one.
 */
export function latencyView(
  { layout, exposed, past }: LatencyFacts,
  { latencyObjectiveSeconds, latencyTest }: JudgeOptions,
): LatencyView {
  const bounds = exposed.stable
    .filter((bound) => exposed.canary.includes(bound))
    .sort((a, b) => a - b);
  const finite = bounds.filter((bound) => bound < Infinity);
  const isUsable = finite.length > 0 && bounds.length > finite.length;
  const upTo = cumulative(past, { layout, bounds });
  const total = upTo.at(-1) ?? 0;
  const atQuantile = (quantile: number) =>
    Math.min(bounds[upTo.findIndex((count) => count >= quantile * total)]!, finite.at(-1)!);
  return {
    layout,
    bounds,
    thresholds: isUsable && total > 0 ? QUANTILES.map(atQuantile) : [],
    objective:
      latencyObjectiveSeconds === undefined || !isUsable
        ? undefined
        : finite.find((bound) => bound >= latencyObjectiveSeconds),
    scores: isUsable && latencyTest === 'same law' ? scoresOf(differences(upTo)) : [],
  };
}

/** Requests slower than a bound, and all. */
export function slowerThan(
  bound: number,
  { buckets }: Tally,
  { layout }: LatencyView,
): [number, number] {
  const total = buckets[layout.indexOf(Infinity)] ?? 0;
  return [Math.max(0, total - (buckets[layout.indexOf(bound)] ?? 0)), total];
}

/** Requests by bucket. */
export function byBucket(canary: Tally, stable: Tally, view: LatencyView): BucketCounts {
  return {
    canary: differences(cumulative(canary.buckets, view)),
    stable: differences(cumulative(stable.buckets, view)),
  };
}

function cumulative(
  buckets: readonly number[],
  { layout, bounds }: Pick<LatencyView, 'layout' | 'bounds'>,
): number[] {
  return bounds.map((bound) => buckets[layout.indexOf(bound)] ?? 0);
}

/** A scrape may fall between the increments of two buckets: no bucket has less than none. */
function differences(upTo: readonly number[]): number[] {
  return upTo.map((count, i) => Math.max(0, count - (upTo[i - 1] ?? 0)));
}
