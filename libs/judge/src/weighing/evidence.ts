import type { Counts } from '../formulas/counts.ts';
import { logMeanExp, logSumExp } from '../formulas/logs.ts';
import type { JudgeOptions, Metric } from '../options.ts';
import type { LatencyView } from './latency.ts';
import { evidence } from './process.ts';
import type { JudgeState, MetricState } from './state.ts';
import { ERROR_WEIGHTS } from './weigh-metric.ts';

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
  /** The same of windows that are weighed early; only of errors, and where samples differ in phase. */
  readonly logEarly?: number | undefined;
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
      logE: state ? robustly(logWorse(metric, state), state, options) : 0,
      ...(state?.early && { logEarly: robustly(mixed(state.early.worse), state, options) }),
      logSafe: isForPromotion(metric, options) ? mixed(state?.safe ?? []) : undefined,
      safeCounts: state?.safeCounts,
    };
  });
}

/** The part of the error budget that is on windows weighed early, where there are any. */
const EARLY = 0.25;

/** How the error budget is shared; that of a metric that is not judged goes to the others. */
const WEIGHTS: Readonly<Record<Metric, number>> = { errors: 0.75, latency: 0.2, restarts: 0.05 };

/**
 * ln E of all metrics: their weighted mean. What was weighed early has a share of the
 * error budget of its own, and E is the larger of the two by their shares. Their mean would not do: each
 * is a supermartingale along its own windows, but not along those of both, where one knows already what
 * the other is still to weigh. So P(E ever reaches 1/alpha) is at most alpha by the union bound.
 *
 * @see Choe and Ramdas, "Combining evidence across filtrations" (2024)
 */
export function totalLogE(evidence: readonly MetricEvidence[]): number {
  const weights = evidence.map(({ metric }) => WEIGHTS[metric]);
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const logE = logSumExp(evidence.map(({ logE }, i) => logE + Math.log(weights[i]! / whole)));
  const early = evidence.find(({ logEarly }) => logEarly !== undefined)?.logEarly;
  if (early === undefined) return logE;
  return Math.max(logE + Math.log(1 - EARLY), early + Math.log(EARLY));
}

/** Restarts say nothing for a promotion, nor does latency without an objective. */
function isForPromotion(metric: Metric, { latencyObjectiveSeconds }: JudgeOptions): boolean {
  return metric === 'errors' || (metric === 'latency' && latencyObjectiveSeconds !== undefined);
}

/** Sound where either set of assumptions holds: that of counts, or that of ranks. */
function robustly(logE: number, { rank }: MetricState, { robust }: JudgeOptions): number {
  return Math.min(logE, robust ? mixed(rank) : Infinity);
}

/** Of what is bet on errors, the part on pods that have not been ready for long. */
const COLD = 0.1;

/** ln of the evidence that the canary is worse. */
function logWorse(metric: Metric, { worse, cold }: MetricState): number {
  if (metric !== 'errors') return evidence(worse);
  const [warm, young] = [evidence(worse, ERROR_WEIGHTS), evidence(cold, ERROR_WEIGHTS)];
  return logSumExp([warm + Math.log(1 - COLD), young + Math.log(COLD)]);
}

/** Whether what was weighed early has more evidence, or is all there is. */
function isEarlier({ early, worse }: MetricState): boolean {
  if (!early || early.counts.n1 === 0) return false;
  return worse === undefined || mixed(early.worse) > evidence(worse, ERROR_WEIGHTS);
}

function mixed(logs: readonly number[]): number {
  return logs.length === 0 ? 0 : logMeanExp(logs);
}

/** Which of several thresholds has the most evidence; all have as many components. */
function heaviest({ worse, counts }: MetricState): number {
  const bets = worse?.logs ?? [];
  const size = bets.length / counts.length;
  const logs = counts.map((_, i) => mixed(bets.slice(i * size, (i + 1) * size)));
  return Math.max(0, logs.indexOf(Math.max(...logs)));
}
