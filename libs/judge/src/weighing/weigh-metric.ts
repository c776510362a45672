import type { EarlyBatch } from '../counting/early.ts';
import type { Batch } from '../counting/rounds.ts';
import type { Tally } from '../counting/tally.ts';
import { bernoulli, type Bet } from '../formulas/bernoulli.ts';
import type { Bound, Counts } from '../formulas/counts.ts';
import { smaller } from '../formulas/logs.ts';
import { sameLaw } from '../formulas/same-law.ts';
import { safe } from '../formulas/safe.ts';
import { worseUnseen } from '../formulas/unseen.ts';
import { worse } from '../formulas/worse.ts';
import type { JudgeOptions, Metric } from '../options.ts';
import { byBucket, slowerThan, type LatencyView } from './latency.ts';

/** The evidence of one batch about one metric; all of it tempered. */
export interface Weighed {
  /** ln S against "not worse", by bet; none where the batch says nothing about it. */
  readonly worse: readonly number[];
  /** The same of pods that have not been ready for long, against a wide bound; of errors only. */
  readonly cold: readonly number[];
  /** ln S against "beyond the margin"; none where the metric says nothing for a promotion. */
  readonly safe: readonly number[];
  /** What was counted, for latency at each threshold. */
  readonly counts: readonly Counts[];
  /** What safety rests on. */
  readonly safeCounts: Counts | undefined;
}

/** What a metric is weighed by; all of it follows from earlier batches. */
export interface WeighOptions {
  readonly view: LatencyView;
  readonly options: JudgeOptions;
  /** By what ln S is divided, for latency at each threshold; see `temper`. */
  readonly tempers: readonly number[];
  /** The stable release's requests so far, and how many of them failed. */
  readonly past: { readonly requests: number; readonly failed: number };
}

/** The shares of failed requests that a broken canary is bet to have. */
const BROKEN = [0.97, 0.6];
/**
 * How much is put on each bet about errors: on factors from 1.25 to 1000 as `worse` has them, and on each of
 * {@link BROKEN}. Most on a few times as many, as less takes long in any case, and more is found in any.
 */
export const ERROR_WEIGHTS: readonly number[] = [
  ...[0.02, 0.05, 0.15, 0.33, 0.2, 0.1, 0.05, 0.02],
  ...[0.05, 0.03],
];

/** One rule per metric; undefined where a side has no trials. */
const rules: Record<Metric, (batch: Batch, by: WeighOptions) => Weighed | undefined> = {
  errors: (batch, by) => {
    const { options, tempers } = by;
    const all = pairOf(batch, ({ failed, requests }) => [failed, requests]);
    if (!all) return undefined;
    const stable = (tally: Tally) => warmOr(tally);
    const warm = pairOf(batch, warmOf, stable);
    const cold = pairOf(batch, ({ cold: { failed, requests } }) => [failed, requests], stable);
    return {
      worse: warm ? tempered(errorBets(warm, options.worse.errors, by), tempers[0]) : [],
      cold: cold ? tempered(errorBets(cold, options.cold, by), tempers[0]) : [],
      safe: warm ? tempered(within(warm, options), tempers[0]) : [],
      counts: [all.after],
      safeCounts: warm?.after,
    };
  },
  restarts: (batch, { options }) => {
    const pair = pairOf(batch, ({ restarts, seconds }) => [restarts, seconds]);
    if (!pair) return undefined;
    const worse = capped(against(pair, options, 'restarts'), pair.after.x1);
    return { worse, cold: [], safe: [], counts: [pair.after], safeCounts: undefined };
  },
  latency: (batch, { options, view, tempers }) => {
    const pairs = view.thresholds.map((bound) => slowPair(bound, batch, view));
    const seen = pairs.filter((pair) => pair !== undefined);
    if (seen.length === 0) return undefined;
    const objective =
      view.objective === undefined ? undefined : slowPair(view.objective, batch, view);
    return {
      worse:
        options.latencyTest === 'same law'
          ? tempered(sameLawOf(batch, view), Math.max(...tempers))
          : seen.flatMap((pair, i) =>
              tempered(capped(against(pair, options, 'latency'), 0), tempers[i]),
            ),
      cold: [],
      safe: objective ? tempered(within(objective, options), Math.max(...tempers)) : [],
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

/** What a metric's events are among its trials, for each of its tempers; of pods that are warm. */
export function channelsOf(
  metric: Metric,
  view: LatencyView,
): ((tally: Tally) => readonly [events: number, trials: number])[] {
  switch (metric) {
    case 'errors':
      return [warmOf];
    case 'latency':
      return view.thresholds.map((bound) => (tally) => slowerThan(bound, tally, view));
    case 'restarts':
      return [];
  }
}

/**
 * The evidence of failed requests in an early window.
 *
 * @returns undefined where one side has nothing to weigh, or the canary was not seen at all
 */
export function weighEarly(
  { canary, stable, unseen, times }: EarlyBatch,
  { worse: { errors }, cold }: JudgeOptions,
  temper: number,
): { readonly worse: readonly number[]; readonly counts: Counts } | undefined {
  const [x1, n1] = [canary.failed, canary.requests];
  const [x0, n0] = warmOr(stable);
  const isSeen = unseen < 1 && Number.isFinite(times);
  if (n1 <= 0 || n0 <= 0 || !isSeen) return undefined;
  const counts = { x1, n1, x0, n0 };
  const bound = canary.cold.requests > 0 ? cold : errors;
  const worse = worseUnseen(counts, { ...bound, times: bound.times * times }, unseen);
  return { worse: tempered(worse, temper), counts };
}

/** Whether the canary is simply broken in this batch, beyond any doubt that needs statistics. */
export function isBroken(batch: Batch): boolean {
  const pair = pairOf(batch, ({ failed, requests }) => [failed, requests]);
  if (!pair) return false;
  const isWell = ({ x0, n0 }: Counts) => n0 >= 20 && x0 < 0.05 * n0;
  const { x1, n1 } = pair.after;
  return n1 >= 10 && x1 > 0.5 * n1 && isWell(pair.before) && isWell(pair.after);
}

interface Pair {
  readonly before: Counts;
  readonly after: Counts;
}

type Count = (tally: Tally) => readonly [events: number, trials: number];

function warmOf({ failed, requests, cold }: Tally): [number, number] {
  return [failed - cold.failed, requests - cold.requests];
}

/** Of the stable release all pods where none is warm: better than nothing to compare with. */
function warmOr(tally: Tally): readonly [number, number] {
  const warm = warmOf(tally);
  return warm[1] > 0 ? warm : [tally.failed, tally.requests];
}

function slowPair(bound: number, batch: Batch, view: LatencyView): Pair | undefined {
  return pairOf(batch, (tally) => slowerThan(bound, tally, view));
}

function pairOf(batch: Batch, canary: Count, stable: Count = canary): Pair | undefined {
  const [x1, n1] = canary(batch.canary);
  const [before, after] = [stable(batch.before), stable(batch.after)];
  if (n1 <= 0 || before[1] <= 0 || after[1] <= 0) return undefined;
  const counts = ([x0, n0]: readonly [number, number]): Counts => ({ x1, n1, x0, n0 });
  return { before: counts(before), after: counts(after) };
}

/** In the order of {@link ERROR_WEIGHTS}. */
function errorBets(pair: Pair, bound: Bound, { past }: WeighOptions): number[] {
  // One in a hundred where nothing was seen yet.
  const stable = Math.min(0.5, (past.failed + 0.5) / (past.requests + 50));
  const bets = BROKEN.map((canary): Bet => ({ canary, stable }));
  const logs = (counts: Counts) => [
    ...worse(counts, bound),
    ...bets.map((bet) => bernoulli(counts, bound, bet)),
  ];
  return capped(smaller(logs(pair.before), logs(pair.after)), pair.after.x1);
}

function against(pair: Pair, options: JudgeOptions, metric: Metric): number[] {
  const bound = options.worse[metric];
  return smaller(worse(pair.before, bound), worse(pair.after, bound));
}

/** So many events at once may be one failure of something else, a connection or a queue; a pause may slow any number. */
const CLUMP = 10;
/** The evidence, in nats, that so many events of one look have at most: a third of what rolls back. */
const CLUMP_NATS = 2.5;

/**
 * Evidence of which no clump alone is enough, however the stable pods' requests fail: before they have shown
 * their clumps nothing else tells one from a regression. S that is cut is below S, and so as sound.
 */
function capped(logs: readonly number[], events: number): number[] {
  const most = CLUMP_NATS * Math.max(1, events / CLUMP);
  return logs.map((log) => Math.min(log, most));
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

function tempered(logs: readonly number[], temper = 1): number[] {
  return logs.map((log) => log / temper);
}
