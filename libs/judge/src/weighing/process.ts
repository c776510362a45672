import { logSumExp } from '../formulas/logs.ts';

/**
 * Evidence that may begin at any time: a mixture over what is bet on and over when the canary has become
 * worse; JSON. Such a mixture is a non-negative supermartingale that starts at 1, as each of its
 * parts is, so that it ever reaches 1/alpha with a probability of at most alpha; and an hour in which
 * all went well does not weigh against what happens after it.
 *
 * @see Shin, Ramdas and Rinaldo, "E-detectors" (New England Journal of Statistics in Data Science 2024), for
 *   the recursion over starts; here its starts are weighted, which keeps the bound
 */
export interface Process {
  /** By bet: ln of what its parts that have begun are worth together. */
  readonly logs: readonly number[];
  /** When the first batch was weighed, in milliseconds since the Unix epoch. */
  readonly since: number;
  /** So much of the starts' weights, which add up to 1, has begun. */
  readonly begun: number;
}

/** The weight of the start with the first batch. */
const AT_ONCE = 0.5;
/** Later starts are so many milliseconds apart, alike for the first hour, and rarer after it. */
const APART_MS = 10_000;
const ALIKE = 360;
const ALIKE_WEIGHT = 0.45;

/** How much of the starts' weights has begun so many milliseconds after the first. */
export function begunAfter(ms: number): number {
  const starts = Math.floor(ms / APART_MS);
  const alike = (ALIKE_WEIGHT * Math.min(starts, ALIKE)) / ALIKE;
  // Of the rest, a half, two thirds, three quarters ... have begun after an hour more each.
  const rest = 1 - AT_ONCE - ALIKE_WEIGHT;
  const turns = Math.max(0, starts - ALIKE) / ALIKE;
  const whole = Math.floor(turns);
  const share = whole / (whole + 1) + (turns - whole) / ((whole + 1) * (whole + 2));
  return AT_ONCE + alike + rest * share;
}

/**
 * The process after one more batch.
 *
 * @param logS ln S of the batch, by bet
 * @param at when it was weighed; what begins, begins with this batch
 */
export function advanced(
  before: Process | undefined,
  logS: readonly number[],
  at: number,
): Process {
  const since = before?.since ?? at;
  const begun = Math.max(before?.begun ?? 0, begunAfter(at - since));
  const begins = Math.log(begun - (before?.begun ?? 0));
  return {
    since,
    begun,
    logs: logS.map((log, bet) => logSumExp([before?.logs[bet] ?? -Infinity, begins]) + log),
  };
}

/**
 * ln of the evidence: the weighted mean over bets, with what has not begun yet at its stake.
 *
 * @param weights of the bets, adding up to 1; alike without any
 */
export function evidence(process: Process | undefined, weights?: readonly number[]): number {
  if (!process || process.logs.length === 0) return 0;
  const { logs, begun } = process;
  const parts = logs.map((log, bet) => log + Math.log(weights?.[bet] ?? 1 / logs.length));
  return logSumExp([...parts, Math.log(1 - begun)]);
}
