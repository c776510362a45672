import { shareInterval, type ShareInterval } from '@canary/judge';
import type { JudgeName } from '../peers/judges.ts';
import type { Tuning } from '../peers/tuning.ts';
import type { Cell } from '../run/cells.ts';
import type { Outcome, Run } from '../run/simulate.ts';

/** A mean over runs with its standard error. */
export interface Mean {
  readonly mean: number;
  readonly error: number;
}

/** What a judge made of all runs of a cell. */
export interface JudgeResult {
  readonly rollBacks: number;
  readonly promotions: number;
  /** Shares of the runs, with exact intervals of 95 %. */
  readonly rolledBack: ShareInterval;
  readonly promoted: ShareInterval;
  /** Median time to a roll-back, of those that were rolled back. */
  readonly medianSeconds: number | undefined;
  /** Median time to a promotion, of those that were promoted. */
  readonly medianPromoteSeconds: number | undefined;
  /** When half of all runs were promoted; undefined where fewer were. */
  readonly halfPromotedSeconds: number | undefined;
  /** Failed requests beyond the stable release's, and requests, to the canary until it was rolled back. */
  readonly failed: Mean;
  readonly requests: Mean;
}

/** A cell with its results. */
export interface CellResult {
  readonly cell: Cell;
  readonly byJudge: Readonly<Partial<Record<JudgeName, JudgeResult>>>;
  /** When each judge rolled back, for plots; ascending. */
  readonly times: Readonly<Partial<Record<JudgeName, readonly number[]>>>;
  /** What peers were tuned to for this cell. */
  readonly tuning: Tuning | undefined;
}

/** Sums up a cell. */
export function resultOf(cell: Cell, runs: readonly Run[], tuning: Tuning | undefined): CellResult {
  const byJudge: Partial<Record<JudgeName, JudgeResult>> = {};
  const times: Partial<Record<JudgeName, readonly number[]>> = {};
  for (const [i, name] of cell.judges.entries()) {
    const outcomes = runs.map((run) => run.outcomes[i]!);
    times[name] = secondsOf(outcomes, 'roll back');
    byJudge[name] = judged(outcomes, times[name]);
  }
  return { cell, byJudge, times, tuning };
}

function judged(outcomes: readonly Outcome[], times: readonly number[]): JudgeResult {
  const promotions = secondsOf(outcomes, 'promote');
  return {
    rollBacks: times.length,
    promotions: promotions.length,
    rolledBack: shareInterval(times.length, outcomes.length),
    promoted: shareInterval(promotions.length, outcomes.length),
    medianSeconds: medianOf(times),
    medianPromoteSeconds: medianOf(promotions),
    halfPromotedSeconds: promotions[Math.floor((outcomes.length - 1) / 2)],
    failed: meanOf(outcomes.map(({ failed }) => failed)),
    requests: meanOf(outcomes.map(({ requests }) => requests)),
  };
}

function secondsOf(outcomes: readonly Outcome[], wanted: Outcome['verdict']): number[] {
  return outcomes
    .flatMap(({ verdict, seconds }) => (verdict === wanted ? [seconds] : []))
    .sort((a, b) => a - b);
}

/** Of two in the middle the earlier; `sorted` ascending. */
function medianOf(sorted: readonly number[]): number | undefined {
  return sorted[Math.floor((sorted.length - 1) / 2)];
}

function meanOf(values: readonly number[]): Mean {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / Math.max(1, values.length - 1) / values.length) };
}
