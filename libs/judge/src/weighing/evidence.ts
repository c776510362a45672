import type { Counts } from '../formulas/counts.ts';
import { logMeanExp } from '../formulas/logs.ts';
import type { JudgeOptions, Metric } from '../options.ts';
import type { LatencyView } from './latency.ts';
import type { JudgeState, MetricState } from './state.ts';

/** Events of one side among what was counted: requests, or seconds that pods ran. */
export interface SideCounts {
  readonly events: number;
  readonly of: number;
}

/** What is known about one metric; JSON. */
export interface MetricEvidence {
  readonly metric: Metric;
  /** All that was weighed so far; of latency at the threshold that weighs most. */
  readonly canary: SideCounts;
  readonly stable: SideCounts;
  /** The threshold that latency was held against last, in seconds. */
  readonly slowerThan: number | undefined;
  /** The canary's share of events so far (restarts: per second of a pod). */
  readonly value: number;
  /** The share that the stable release's counts allow it before it is worse. */
  readonly threshold: number;
  /** ln of the evidence that the canary is worse. */
  readonly logE: number;
  /** ln of the evidence that it is within the margin; undefined where a promotion does not need it. */
  readonly logSafe: number | undefined;
  /** What safety rests on. */
  readonly safeCounts: Counts | undefined;
}

/** The evidence of every metric, in the order of the options. */
export function evidenceOf(
  { metrics }: JudgeState,
  view: LatencyView,
  options: JudgeOptions,
): MetricEvidence[] {
  return options.metrics.map((metric) => {
    const state = metrics[metric];
    const which = state ? heaviest(state) : 0;
    const { x1, n1, x0, n0 } = (state && isEarlier(state) ? state.early?.counts : undefined) ??
      state?.counts[which] ?? { x1: 0, n1: 0, x0: 0, n0: 0 };
    const { times, plus } = options.worse[metric];
    return {
      metric,
      canary: { events: x1, of: n1 },
      stable: { events: x0, of: n0 },
      slowerThan: metric === 'latency' ? view.thresholds[which] : undefined,
      value: n1 > 0 ? x1 / n1 : 0,
      threshold: (n0 > 0 ? (times * x0) / n0 : 0) + plus,
      logE: state ? logEOf(state, options) : 0,
      logSafe: isForPromotion(metric, options) ? mixed(state?.safe ?? []) : undefined,
      safeCounts: state?.safeCounts,
    };
  });
}

/** ln E of all metrics: their mean, as all have the same weight. */
export function totalLogE(evidence: readonly MetricEvidence[]): number {
  return logMeanExp(evidence.map(({ logE }) => logE));
}

/** Restarts say nothing for a promotion, nor does latency without an objective. */
function isForPromotion(metric: Metric, { latencyObjectiveSeconds }: JudgeOptions): boolean {
  return metric === 'errors' || (metric === 'latency' && latencyObjectiveSeconds !== undefined);
}

/** Sound where either set of assumptions holds: that of counts, or that of ranks. */
function logEOf(state: MetricState, { robust }: JudgeOptions): number {
  const { early, worse, rank } = state;
  // Half of the stake is on each, so that neither has to do with how they depend on each other.
  const counted = early ? logMeanExp([mixed(worse), mixed(early.worse)]) : mixed(worse);
  return Math.min(counted, robust ? mixed(rank) : Infinity);
}

/** Whether what was weighed early has more evidence, or is all there is. */
function isEarlier({ early, worse }: MetricState): boolean {
  if (!early || early.counts.n1 === 0) return false;
  return worse.length === 0 || mixed(early.worse) > mixed(worse);
}

function mixed(logs: readonly number[]): number {
  return logs.length === 0 ? 0 : logMeanExp(logs);
}

/** Which of several thresholds has the most evidence; all have as many components. */
function heaviest({ worse, counts }: MetricState): number {
  const size = worse.length / counts.length;
  const logs = counts.map((_, i) => mixed(worse.slice(i * size, (i + 1) * size)));
  return Math.max(0, logs.indexOf(Math.max(...logs)));
}
