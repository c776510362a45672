import type { BySide } from '@canary/judge';
import type { SeriesRules } from './judged-series.ts';

/** What a release exposes of response times, as sums over its pods. */
export interface Histogram {
  /** Requests up to each bound, in seconds. */
  readonly upTo: ReadonlyMap<number, number>;
  /** It has buckets, those included whose bound or unit nobody understands. */
  readonly hasBuckets: boolean;
  /** It has anything of that name. */
  readonly hasFamily: boolean;
}

interface Side {
  readonly release: string;
  readonly requests: number;
  readonly histogram: Histogram;
}

/** So many requests above the last bucket are no chance. */
const ENOUGH = 20;

/**
 * Why response times cannot be compared; `isCanarys`: they could, if the canary had what the stable
 * release has. A canary that counted no request yet has no histogram yet.
 */
export function latencyFindings(
  { canary, stable }: BySide<Side>,
  rules: SeriesRules,
): { readonly why: string | undefined; readonly isCanarys: boolean } {
  const { durations } = rules;
  const stables = problemOf(stable, rules) ?? aboveAll(stable, durations);
  if (stables !== undefined) return { why: stables, isCanarys: false };
  const hasNothingYet = canary.requests === 0 && !canary.histogram.hasBuckets;
  if (hasNothingYet) return { why: undefined, isCanarys: false };
  const canarys = problemOf(canary, rules);
  if (canarys !== undefined) return { why: canarys, isCanarys: true };
  const common = finiteOf(canary.histogram).filter((bound) => stable.histogram.upTo.has(bound));
  if (common.length > 0) return { why: undefined, isCanarys: false };
  const why = `${durations} of ${canary.release} has no bucket in common with ${stable.release}`;
  return { why, isCanarys: true };
}

/** Why one release's response times cannot be judged, whatever the other's are. */
export function problemOf(
  { release, histogram }: Side,
  { durations, secondsPerUnit }: SeriesRules,
): string | undefined {
  const { upTo, hasBuckets, hasFamily } = histogram;
  if (!hasFamily) return `${release} does not expose ${durations}_bucket`;
  if (!hasBuckets) return `${durations} of ${release} has no buckets, it is a summary`;
  if (secondsPerUnit === undefined)
    return `nobody knows the unit of ${durations}: say --latency-unit s or ms`;
  if (finiteOf(histogram).length === 0) {
    return upTo.size > 0
      ? `its histogram ${durations} of ${release} has only +Inf`
      : `the buckets of ${durations} of ${release} have no bounds le`;
  }
  return upTo.has(Infinity) ? undefined : `${durations} of ${release} has no bucket +Inf`;
}

/** Response times beyond the last finite bucket are all alike. */
export function aboveAll({ release, histogram }: Side, durations: string): string | undefined {
  const highest = Math.max(...finiteOf(histogram));
  const isAbove = histogram.upTo.get(highest) === 0;
  if (!isAbove || (histogram.upTo.get(Infinity) ?? 0) < ENOUGH) return undefined;
  return `all requests to ${release} are above the highest bucket of ${durations}, ${highest} s`;
}

function finiteOf({ upTo }: Histogram): number[] {
  return [...upTo.keys()].filter((bound) => bound < Infinity);
}
