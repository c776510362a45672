import { logMeanExp } from '../formulas/logs.ts';
import { safe } from '../formulas/safe.ts';
import type { Bound, Counts } from '../formulas/counts.ts';
import type { JudgeOptions } from '../options.ts';
import type { JudgeState } from '../weighing/state.ts';

/** Later than this is never, in seconds: a day. */
const NEVER = 86_400;

/**
 * Seconds until the evidence suffices for a promotion, if traffic and releases stay as they were seen
 * so far; at least what is left of the soak.
 *
 * @returns undefined where nothing was counted, or where it would take longer than a day
 */
export function promoteIn(
  state: JudgeState,
  at: number,
  options: JudgeOptions,
): number | undefined {
  const needed = Math.log(1 / options.alphaPromote);
  const soak = Math.max(0, options.soakSeconds - (at - state.since) / 1000);
  const waits = Object.values(state.metrics).flatMap(({ safe: sums, safeCounts, worse }) => {
    if (!safeCounts || sums.length === 0 || !worse) return [];
    const seconds = Math.max(1, (at - worse.since) / 1000);
    return [waitFor({ sums, needed }, perSecond(shrunk(safeCounts), seconds), marginOf(options))];
  });
  if (waits.length === 0) return undefined;
  const longest = Math.max(soak, ...waits);
  return longest > NEVER ? undefined : longest;
}

/** Traffic of a release before it begins; counts per second. */
export interface Traffic {
  /** Requests per second that the stable release gets now. */
  readonly requests: number;
  /** The share of them that fails, from 0 to 1. */
  readonly errors: number;
  /** The share of all requests that the canary will get, above 0 and below 1. */
  readonly canaryShare: number;
}

/** What a margin comes to at some traffic. */
export interface MarginForecast {
  readonly margin: number;
  /** Seconds after which a canary that is as good as the stable release is promoted. */
  readonly promoteSeconds: number;
  /** Regressions, as the share of the canary's requests that fails, and after how many seconds they are found. */
  readonly finds: readonly { readonly errors: number; readonly seconds: number }[];
}

/** Margins that are tried, from the strictest; none above a point is taken without being told. */
const MARGINS = [0.0005, 0.001, 0.002, 0.005, 0.01];

/**
 * The strictest margin with which a good canary passes in time.
 *
 * @param decideWithinSeconds for the evidence alone; warm-up and soak go before it
 * @returns undefined where even one point takes longer: there is too little traffic
 */
export function marginFor(
  traffic: Traffic,
  decideWithinSeconds: number,
  options: JudgeOptions,
): MarginForecast | undefined {
  const all = MARGINS.map((margin) => forecastFor(traffic, { ...options, margin }));
  return all.find(({ promoteSeconds }) => promoteSeconds <= decideWithinSeconds);
}

/** What a given margin comes to; `promoteSeconds` is infinite where no evidence for it would grow. */
export function forecastFor(traffic: Traffic, options: JudgeOptions): MarginForecast {
  const { requests, errors, canaryShare } = traffic;
  const needed = Math.log(1 / options.alphaPromote);
  // The canary takes its share from what the stable release gets.
  const [n1, n0] = [requests * canaryShare, requests * (1 - canaryShare)];
  const rate: Counts = { x1: n1 * errors, n1, x0: n0 * errors, n0 };
  const wait = n1 > 0 ? waitFor({ sums: [], needed }, rate, marginOf(options)) : Infinity;
  const bound = options.worse.errors.times * errors + options.worse.errors.plus;
  const finds = [2, 5, 20]
    .map((times) => Math.min(1, times * Math.max(bound, MIN_BOUND)))
    .map((worse) => ({ errors: worse, seconds: foundIn(n1, bound, worse, options) }));
  return { margin: options.margin, promoteSeconds: wait, finds };
}

const MIN_BOUND = 0.001;
/** What mixing over bets and starts costs at most, in nats. */
const MIXING = 3;

/** Seconds in which a regression is found: a Poisson count against the bound that it is held against. */
function foundIn(
  n1: number,
  bound: number,
  worse: number,
  { alpha, metrics }: JudgeOptions,
): number {
  const perRequest = worse * Math.log(worse / bound) - (worse - bound);
  return (Math.log(metrics.length / alpha) + MIXING) / (n1 * perRequest);
}

function marginOf({ marginTimes: times, margin: plus }: JudgeOptions): Bound {
  return { times, plus };
}

function perSecond({ x1, n1, x0, n0 }: Counts, seconds: number): Counts {
  return { x1: x1 / seconds, n1: n1 / seconds, x0: x0 / seconds, n0: n0 / seconds };
}

/** Few counts say little: the canary is taken to be as the stable release by as much as one request. */
function shrunk({ x1, n1, x0, n0 }: Counts): Counts {
  const stable = (x0 + 0.1) / (n0 + 1);
  return { x1: ((x1 + stable) / (n1 + 1)) * n1, n1, x0, n0 };
}

/** Seconds until the mean of e^(sum + rate * seconds) is enough: it grows with time, or never gets there. */
function waitFor(
  { sums, needed }: { readonly sums: readonly number[]; readonly needed: number },
  rate: Counts,
  margin: Bound,
): number {
  if (rate.n1 <= 0 || rate.n0 <= 0) return Infinity;
  const growth = safe(rate, margin);
  const isEnough = (seconds: number) =>
    logMeanExp(growth.map((one, i) => (sums[i] ?? 0) + one * seconds)) >= needed;
  if (isEnough(0)) return 0;
  if (!isEnough(2 * NEVER)) return Infinity;
  let [low, high] = [0, 2 * NEVER];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
