import type { EarlyBatch } from '../counting/early.ts';
import type { Batch } from '../counting/rounds.ts';
import type { Tally } from '../counting/tally.ts';
import type { Counts } from '../formulas/counts.ts';
import { smaller } from '../formulas/logs.ts';
import { sameLaw } from '../formulas/same-law.ts';
import { safe } from '../formulas/safe.ts';
import { worseUnseen } from '../formulas/unseen.ts';
import { worse } from '../formulas/worse.ts';
import type { JudgeOptions, Metric } from '../options.ts';
import { byBucket, slowerThan, type LatencyView } from './latency.ts';

/** The evidence of one batch about one metric. */
export interface Weighed {
  /** ln S against "not worse", by component of the mixture. */
  readonly worse: readonly number[];
  /** ln S against "beyond the margin"; none where the metric says nothing for a promotion. */
  readonly safe: readonly number[];
  /** What was counted, for latency at each threshold. */
  readonly counts: readonly Counts[];
  /** What safety rests on. */
  readonly safeCounts: Counts | undefined;
}

/** What a metric is weighed by. */
export interface WeighOptions {
  readonly view: LatencyView;
  readonly options: JudgeOptions;
}

/** One rule per metric; undefined where a side has no trials. */
const rules: Record<Metric, (batch: Batch, by: WeighOptions) => Weighed | undefined> = {
  errors: (batch, { options }) => {
    const pair = pairOf(batch, errorsOf);
    if (!pair) return undefined;
    return {
      worse: against(pair, options, 'errors'),
      safe: within(pair, options),
      counts: [pair.after],
      safeCounts: pair.after,
    };
  },
  restarts: (batch, { options }) => {
    const pair = pairOf(batch, ({ restarts, seconds }) => [restarts, seconds]);
    if (!pair) return undefined;
    const worse = against(pair, options, 'restarts');
    return { worse, safe: [], counts: [pair.after], safeCounts: undefined };
  },
  latency: (batch, { options, view }) => {
    const pairs = view.thresholds.map((bound) => slowPair(bound, batch, view));
    const seen = pairs.filter((pair) => pair !== undefined);
    if (seen.length === 0) return undefined;
    const objective =
      view.objective === undefined ? undefined : slowPair(view.objective, batch, view);
    return {
      worse:
        options.latencyTest === 'same law'
          ? sameLawOf(batch, view)
          : seen.flatMap((pair) => against(pair, options, 'latency')),
      safe: objective ? within(objective, options) : [],
      counts: seen.map(({ after }) => after),
      safeCounts: objective?.after,
    };
  },
};

/**
 * Weighs one metric in one batch: with the stable pods' windows before and after the canary's, of
 * which the smaller evidence counts.
 *
 * @returns undefined where one side has nothing to weigh
 */
export function weighMetric(metric: Metric, batch: Batch, by: WeighOptions): Weighed | undefined {
  return rules[metric](batch, by);
}

/**
 * The evidence of failed requests in an early window.
 *
 * @returns undefined where one side has nothing to weigh, or the canary was not seen at all
 */
export function weighEarly(
  { canary, stable, unseen, times }: EarlyBatch,
  { worse: { errors } }: JudgeOptions,
): { readonly worse: readonly number[]; readonly counts: Counts } | undefined {
  const [x1, n1] = errorsOf(canary);
  const [x0, n0] = errorsOf(stable);
  const isSeen = unseen < 1 && Number.isFinite(times);
  if (n1 <= 0 || n0 <= 0 || !isSeen) return undefined;
  const counts = { x1, n1, x0, n0 };
  return { worse: worseUnseen(counts, { ...errors, times: errors.times * times }, unseen), counts };
}

/** Whether the canary is simply broken in this batch, beyond any doubt that needs statistics. */
export function isBroken(batch: Batch): boolean {
  const pair = pairOf(batch, errorsOf);
  if (!pair) return false;
  const isWell = ({ x0, n0 }: Counts) => n0 >= 20 && x0 < 0.05 * n0;
  const { x1, n1 } = pair.after;
  return n1 >= 10 && x1 > 0.5 * n1 && isWell(pair.before) && isWell(pair.after);
}

interface Pair {
  readonly before: Counts;
  readonly after: Counts;
}

function errorsOf({ failed, requests }: Tally): [number, number] {
  return [failed, requests];
}

function slowPair(bound: number, batch: Batch, view: LatencyView): Pair | undefined {
  return pairOf(batch, (tally) => slowerThan(bound, tally, view));
}

function pairOf(batch: Batch, of: (tally: Tally) => [number, number]): Pair | undefined {
  const [x1, n1] = of(batch.canary);
  const [before, after] = [of(batch.before), of(batch.after)];
  if (n1 <= 0 || before[1] <= 0 || after[1] <= 0) return undefined;
  const counts = ([x0, n0]: [number, number]): Counts => ({ x1, n1, x0, n0 });
  return { before: counts(before), after: counts(after) };
}

function against(pair: Pair, options: JudgeOptions, metric: Metric): number[] {
  const bound = options.worse[metric];
  return smaller(worse(pair.before, bound), worse(pair.after, bound));
}

function within(pair: Pair, { marginTimes: times, margin: plus }: JudgeOptions): number[] {
  const bound = { times, plus };
  return smaller(safe(pair.before, bound), safe(pair.after, bound));
}

function sameLawOf({ canary, before, after }: Batch, view: LatencyView): number[] {
  return smaller(
    sameLaw(byBucket(canary, before, view), view.scores),
    sameLaw(byBucket(canary, after, view), view.scores),
  );
}
