import type { EarlyBatch } from '../counting/early.ts';
import { merged, nextRound, type Batch, type Rounds } from '../counting/rounds.ts';
import type { PodState } from '../counting/segments.ts';
import { addUp, layoutOf } from '../counting/tally.ts';
import type { Counts } from '../formulas/counts.ts';
import { plus } from '../formulas/logs.ts';
import type { JudgeOptions, Metric } from '../options.ts';
import { decide, type Judgement } from '../verdict/decide.ts';
import { BLOCK_MS, collected, rankBlock, type PodTally } from './block.ts';
import { drawn } from './curve.ts';
import { evidenceOf, totalLogE } from './evidence.ts';
import { latencyView, type LatencyView } from './latency.ts';
import {
  fromJsonBounds,
  toJsonBounds,
  UNWEIGHED,
  type JudgeLook,
  type JudgeState,
  type MetricState,
  type Side,
} from './state.ts';
import { takeIn } from './take-in.ts';
import { isBroken, weighEarly, weighMetric } from './weigh-metric.ts';

/**
 * Weighs one look at the pods: adds what they counted since the look before to the evidence, and
 * says what follows from all of it.
 *
 * The evidence against the canary, `E = sum_k w_k * E_k` over the metrics, starts at 1, and as long
 * as the canary is no worse it ever reaches `1/alpha` with a probability of at most alpha (Ville),
 * however often it is looked at. Merging by weights is the one way that needs nothing about how
 * metrics depend on each other.
 *
 * Pure: the same state, look and options give the same result, in this process or in another.
 *
 * @param state of the look before, or {@link beginStep}'s
 * @param options from {@link judgeOptions}
 * @see Vovk and Wang, "E-values: calibration, combination and applications" (Annals of Statistics 2021)
 */
export function weigh(
  state: JudgeState,
  look: JudgeLook,
  options: JudgeOptions,
): { readonly state: JudgeState; readonly judgement: Judgement } {
  const layout = layoutOf(look.counted, fromJsonBounds(state.layout));
  const exposed = {
    canary: known(look.bounds.canary, state.exposed.canary),
    stable: known(look.bounds.stable, state.exposed.stable),
  };
  const taken = takeIn(state, look, layout, options);
  const view = (past: readonly number[]) =>
    latencyView({ layout: layout.bounds, exposed, past }, options);
  let next: JudgeState = {
    ...state,
    lookedAt: look.at,
    layout: toJsonBounds(layout.bounds),
    exposed: { canary: toJsonBounds(exposed.canary), stable: toJsonBounds(exposed.stable) },
  };
  let rounds: Rounds = {
    ...bySide([...taken.pods.values()], look),
    cut: state.cut,
    early: state.early,
  };
  const by = ({ past }: JudgeState) => ({ at: look.at, view: view(past), options });
  for (;;) {
    const { rounds: rest, ready } = nextRound(rounds, { at: look.at, skewMs: options.skewMs });
    rounds = rest;
    if (ready.early ?? rounds.early) next = withEarly(next, ready.early, by(next));
    if (!ready.batch) break;
    next = weighBatch(next, ready.batch, by(next));
  }
  next = {
    ...next,
    pods: [...rounds.canary, ...rounds.stable],
    cut: rounds.cut,
    early: rounds.early,
  };
  const now = view(next.past);
  if (options.robust) next = ranked(next, look.at, { tallies: taken.tallies, view: now, options });
  const evidence = evidenceOf(next, now, options);
  next = { ...next, curve: drawn(next.curve, look.at, totalLogE(evidence)) };
  return { state: next, judgement: decide(next, { look, ...taken, evidence }, options) };
}

const NO_COUNTS: Counts = { x1: 0, n1: 0, x0: 0, n0: 0 };

interface Weighing {
  readonly at: number;
  readonly view: LatencyView;
  readonly options: JudgeOptions;
}

function weighBatch(state: JudgeState, batch: Batch, by: Weighing): JudgeState {
  const metrics: Partial<Record<Metric, MetricState>> = {};
  let { requestsAt, broken } = state;
  for (const metric of by.options.metrics) {
    const before = state.metrics[metric] ?? UNWEIGHED;
    const whole = before.pending ? merged(before.pending, batch) : batch;
    const weighed = weighMetric(metric, whole, by);
    if (!weighed) {
      // Response times of one side alone are those of a process that warms up: they are let go.
      metrics[metric] = { ...before, pending: metric === 'latency' ? undefined : whole };
      continue;
    }
    if (metric === 'errors') {
      requestsAt = by.at;
      broken = isBroken(whole) ? broken + 1 : 0;
    }
    metrics[metric] = {
      worse: plus(before.worse, weighed.worse),
      safe: plus(before.safe, weighed.safe),
      rank: before.rank,
      early: before.early,
      counts: weighed.counts.map((counts, i) => sumOf(before.counts[i], counts)),
      safeCounts: weighed.safeCounts
        ? sumOf(before.safeCounts, weighed.safeCounts)
        : before.safeCounts,
      pending: undefined,
    };
  }
  return { ...state, metrics, requestsAt, broken, past: pastOf(state, batch) };
}

/**
 * Adds what was weighed early. It begins with the first window or never: the stake that it would take
 * over later was won, or lost, by the very counts that it would be put on again.
 */
function withEarly(
  state: JudgeState,
  batch: EarlyBatch | undefined,
  { at, options }: Weighing,
): JudgeState {
  const errors = state.metrics.errors ?? UNWEIGHED;
  if (!errors.early && errors.worse.length > 0) return state;
  const before = errors.early ?? { worse: [], counts: NO_COUNTS };
  const weighed = batch && weighEarly(batch, options);
  const early = weighed
    ? { worse: plus(before.worse, weighed.worse), counts: sumOf(before.counts, weighed.counts) }
    : before;
  const requestsAt = weighed ? at : state.requestsAt;
  return { ...state, requestsAt, metrics: { ...state.metrics, errors: { ...errors, early } } };
}

/** Only what was weighed, or let go: thresholds are made from earlier batches. */
function pastOf({ past }: JudgeState, { after }: Batch): readonly number[] {
  return addUp(past, after.buckets);
}

interface Ranking {
  readonly tallies: readonly PodTally[];
  readonly view: LatencyView;
  readonly options: JudgeOptions;
}

function ranked(state: JudgeState, at: number, { tallies, view, options }: Ranking): JudgeState {
  const { thresholds } = view;
  const block = collected(state.block ?? { since: at, thresholds, pods: {} }, tallies);
  if (at < block.since + BLOCK_MS) return { ...state, block };
  const metrics = Object.fromEntries(
    options.metrics.map((metric) => {
      const before = state.metrics[metric] ?? UNWEIGHED;
      const rank = plus(before.rank, rankBlock(block, metric, view));
      return [metric, { ...before, rank }];
    }),
  );
  return { ...state, metrics, block: { since: at, thresholds, pods: {} } };
}

function bySide(pods: readonly PodState[], { releases }: JudgeLook): Pick<Rounds, Side> {
  return {
    canary: pods.filter(({ release }) => release === releases.canary),
    stable: pods.filter(({ release }) => release === releases.stable),
  };
}

function sumOf(sum: Counts | undefined, { x1, n1, x0, n0 }: Counts): Counts {
  if (!sum) return { x1, n1, x0, n0 };
  return { x1: sum.x1 + x1, n1: sum.n1 + n1, x0: sum.x0 + x0, n0: sum.n0 + n0 };
}

/** What a side exposes now; where none of its pods was sampled, what it exposed last. */
function known(now: readonly number[], before: readonly (number | null)[]): readonly number[] {
  return now.length > 0 ? now : fromJsonBounds(before);
}
