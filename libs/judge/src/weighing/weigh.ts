import type { EarlyBatch } from '../counting/early.ts';
import { closeAtOnce } from '../counting/at-once.ts';
import { merged, nextRound, type Batch, type Ready, type Rounds } from '../counting/rounds.ts';
import type { PodState } from '../counting/segments.ts';
import { addUp, layoutOf } from '../counting/tally.ts';
import type { Counts } from '../formulas/counts.ts';
import { plus } from '../formulas/logs.ts';
import type { JudgeOptions, Metric } from '../options.ts';
import { decide, type Judgement } from '../verdict/decide.ts';
import { BLOCK_MS, collected, rankBlock, type PodTally } from './block.ts';
import { drawn } from './curve.ts';
import { evidenceOf, totalLogE } from './evidence.ts';
import { hangingAfter } from './hanging.ts';
import { latencyView, type LatencyView } from './latency.ts';
import { firstAfter, outright } from './outright.ts';
import { advanced, type Process } from './process.ts';
import { NO_SPREAD, spreadWith, temper } from './spread.ts';
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
import { channelsOf, isBroken, weighEarly, weighMetric } from './weigh-metric.ts';

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
  const isInTurn = look.pods.some(({ at }) => at < look.at - options.skewMs);
  const rounds: Rounds = {
    ...bySide([...taken.pods.values()], look),
    cut: state.cut,
    early: state.early,
    boundary: isInTurn ? undefined : state.boundary,
  };
  const by = ({ past }: JudgeState) => ({ at: look.at, view: view(past), options });
  const lateness = latenessOf(state, look, options);
  const atOnce = closeAtOnce(
    rounds,
    { at: look.at, skewMs: options.skewMs },
    { isLate: lateness.isLate, isInTurn },
  );
  if (atOnce?.batch) next = weighBatch(next, atOnce.batch, by(next));
  const rest = atOnce
    ? atOnce.rounds
    : inTurn(rounds, by(next), (ready) => {
        if (ready.early ?? ready.isEarly) next = withEarly(next, ready.early, by(next));
        if (ready.batch) next = weighBatch(next, ready.batch, by(next));
      });
  next = {
    ...next,
    pods: [...rest.canary, ...rest.stable],
    cut: rest.cut,
    early: rest.early,
    boundary: rest.boundary,
    delayMs: lateness.delayMs,
    hanging: hangingAfter(state.hanging, look, {
      requests: taken.requests,
      parts: taken.tallies.filter(({ isCanary }) => !isCanary),
    }),
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

/** Pods that are sampled in turn, as by Prometheus: round by round, as far as samples have come. */
function inTurn(
  from: Rounds,
  { at, options }: Weighing,
  take: (ready: Ready & { readonly isEarly: boolean }) => void,
): Rounds {
  let rounds = from;
  for (;;) {
    const { rounds: rest, ready } = nextRound(rounds, { at, skewMs: options.skewMs });
    rounds = rest;
    take({ ...ready, isEarly: rounds.early !== undefined });
    if (!ready.batch) return rounds;
  }
}

/** The usual delay follows what is seen by so much at each look. */
const FOLLOWS = 0.1;
/** An answer is late that takes so many times as long as the slowest usually does. */
const LATE_TIMES = 3;

/** Whether the slowest answer of a look came so late that pods may have stood still meanwhile. */
function latenessOf({ delayMs }: JudgeState, { at, pods }: JudgeLook, { skewMs }: JudgeOptions) {
  const slowest = pods.reduce((most, pod) => Math.max(most, pod.at - at), 0);
  const usual = delayMs ?? Math.min(slowest, skewMs);
  return {
    isLate: slowest > skewMs && slowest > LATE_TIMES * usual,
    delayMs: usual + FOLLOWS * (slowest - usual),
  };
}

function weighBatch(state: JudgeState, batch: Batch, by: Weighing): JudgeState {
  const metrics: Partial<Record<Metric, MetricState>> = {};
  let { requestsAt, broken } = state;
  for (const metric of by.options.metrics) {
    const before = state.metrics[metric] ?? UNWEIGHED;
    const whole = before.pending ? merged(before.pending, batch) : batch;
    const weighed = weighMetric(metric, whole, {
      ...by,
      tempers: before.spreads.map(temper),
      past: pastErrors(before.safeCounts),
    });
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
      worse: advancedBy(before.worse, weighed.worse, by.at),
      cold: advancedBy(before.cold, weighed.cold, by.at),
      safe: plus(before.safe, weighed.safe),
      rank: before.rank,
      early: before.early,
      counts: weighed.counts.map((counts, i) => sumOf(before.counts[i], counts)),
      safeCounts: weighed.safeCounts
        ? sumOf(before.safeCounts, weighed.safeCounts)
        : before.safeCounts,
      pending: undefined,
      spreads: channelsOf(metric, by.view).map((channel, i) =>
        spreadWith(before.spreads[i] ?? NO_SPREAD, whole.pods, channel),
      ),
    };
  }
  return { ...outright(state, batch, by), metrics, requestsAt, broken, past: pastOf(state, batch) };
}

function advancedBy(before: Process | undefined, logS: readonly number[], at: number) {
  return logS.length === 0 ? before : advanced(before, logS, at);
}

function pastErrors(counts: Counts | undefined) {
  return { requests: counts?.n0 ?? 0, failed: counts?.x0 ?? 0 };
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
  if (!errors.early && (errors.worse ?? errors.cold)) return state;
  const before = errors.early ?? { worse: [], counts: NO_COUNTS };
  const weighed = batch && weighEarly(batch, options, temper(errors.spreads[0] ?? NO_SPREAD));
  const early = weighed
    ? { worse: plus(before.worse, weighed.worse), counts: sumOf(before.counts, weighed.counts) }
    : before;
  const requestsAt = weighed ? at : state.requestsAt;
  const first = weighed ? firstAfter(state.first, weighed.counts) : state.first;
  const metrics = { ...state.metrics, errors: { ...errors, early } };
  return { ...state, first, requestsAt, metrics };
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
