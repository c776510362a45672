import type { Batch } from '../counting/rounds.ts';
import type { Counts } from '../formulas/counts.ts';
import type { JudgeOptions } from '../options.ts';
import { slowerThan, type LatencyView } from './latency.ts';
import type { BothFailing, First, JudgeState, ObjectiveName } from './state.ts';

/** What is not a comparison: a canary that fails from its first request on, both releases failing, objectives. */
type Outright = Pick<JudgeState, 'first' | 'bothFailing' | 'objectives'>;

/** What {@link outright} has to know besides the batch; all of it follows from earlier ones. */
interface Means {
  readonly at: number;
  readonly view: LatencyView;
  readonly options: JudgeOptions;
}

/** The state with what a batch says outright. */
export function outright(
  state: JudgeState,
  batch: Batch,
  { at, view, options }: Means,
): JudgeState {
  const [canary, stable] = [batch.canary, batch.after];
  const counts = { x1: canary.failed, n1: canary.requests, x0: stable.failed, n0: stable.requests };
  const said: Outright = {
    // Windows that are weighed early come sooner, and are the same.
    first: state.metrics.errors?.early ? state.first : firstAfter(state.first, counts),
    bothFailing: bothFailingAfter(state.bothFailing, counts, at),
    objectives: objectivesAfter(state.objectives, batch, { at, view, options }),
  };
  return { ...state, ...said };
}

/** What the canary did since its first request, with what it did in one more window. */
export function firstAfter(
  first: First | undefined,
  { x1, n1, x0, n0 }: Counts,
): First | undefined {
  if (!first || n1 > x1) return undefined;
  return {
    failed: first.failed + x1,
    stable: { failed: first.stable.failed + x0, requests: first.stable.requests + n0 },
  };
}

/** So many requests, all of them failed, are the least that says something. */
const FAILED = 3;
/** How probable it may be that a release which is no worse fails every request since its first. */
const CHANCE = 5e-4;

/**
 * Whether the canary has failed every request since its first, and would hardly have if it failed as
 * often as the stable release: it is found without any mixture, and with fewer requests than one needs.
 * Where one in a hundred fails anyway, the first three do so once in a million.
 */
export function failsFromTheStart(first: First | undefined): boolean {
  if (!first) return false;
  const { failed, stable } = first;
  const share = (stable.failed + 0.5) / (stable.requests + 1);
  return failed >= FAILED && share ** failed <= CHANCE;
}

/** What both share is only told apart from a hiccup after so many milliseconds, and requests on each side. */
const LONG_MS = 30_000;
const REQUESTS = 20;

function bothFailingAfter(
  before: BothFailing | undefined,
  { x1, n1, x0, n0 }: Counts,
  at: number,
): BothFailing | undefined {
  if (n1 === 0 || n0 === 0) return before;
  if (2 * x1 <= n1 || 2 * x0 <= n0) return undefined;
  const sum = before?.counts ?? { x1: 0, n1: 0, x0: 0, n0: 0 };
  return {
    since: before?.since ?? at,
    counts: { x1: sum.x1 + x1, n1: sum.n1 + n1, x0: sum.x0 + x0, n0: sum.n0 + n0 },
  };
}

/** Whether both releases have failed most of their requests for a while. */
export function bothFail(failing: BothFailing | undefined, at: number): boolean {
  if (!failing) return false;
  const { n1, n0 } = failing.counts;
  return at - failing.since >= LONG_MS && n1 >= REQUESTS && n0 >= REQUESTS;
}

/** So many times the objective's share is bet on. */
const TIMES = [1.25, 2, 5, 20];

function objectivesAfter(
  before: JudgeState['objectives'],
  { canary }: Batch,
  { view, options }: Means,
): JudgeState['objectives'] {
  const { objectiveErrors, objectiveLatency } = options;
  const bets = { ...before };
  if (objectiveErrors !== undefined) {
    const events = canary.failed - canary.cold.failed;
    bets.errors = above(before.errors, objectiveErrors, [
      events,
      canary.requests - canary.cold.requests,
    ]);
  }
  const bound = objectiveLatency && objectiveBound(view, objectiveLatency.seconds);
  if (objectiveLatency && bound !== undefined) {
    bets.latency = above(before.latency, objectiveLatency.share, slowerThan(bound, canary, view));
  }
  return bets;
}

/** The bucket that holds an objective; undefined where both releases have none. */
export function objectiveBound({ bounds }: LatencyView, seconds: number): number | undefined {
  return bounds.find((bound) => bound >= seconds && bound < Infinity);
}

/** ln S against "no more than this share", the likelihood of larger ones over its own. */
function above(
  logs: readonly number[] | undefined,
  share: number,
  [events, trials]: readonly [number, number],
): readonly number[] {
  return TIMES.map((times, i) => {
    const bet = Math.min(times * share, (1 + share) / 2);
    const logS =
      events * Math.log(bet / share) + (trials - events) * Math.log((1 - bet) / (1 - share));
    return (logs?.[i] ?? 0) + logS;
  });
}

/** The objectives that the canary has broken, with the error probability that a roll-back has. */
export function brokenObjectives(
  objectives: JudgeState['objectives'],
  alpha: number,
): ObjectiveName[] {
  return (['errors', 'latency'] as const).filter((name) => {
    const logs = objectives[name];
    return logs !== undefined && Math.max(...logs) - Math.log(logs.length) >= Math.log(1 / alpha);
  });
}
