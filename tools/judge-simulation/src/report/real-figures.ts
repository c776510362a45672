import type { Cell } from '../run/cells.ts';
import { limitedCells } from '../run/real-cells.ts';
import type { Limit, RealRow } from '../run/real-rows.ts';
import { significantlyAbove } from './false-alarms.ts';
import { amount, cellTitle, percent } from './format.ts';
import type { CellResult, JudgeResult } from './results.ts';

/** What was seen in one cell, as its row's limit counts it. */
export interface Figure {
  readonly cell: Cell;
  readonly rollBacks: number;
  /** A share, seconds, times, or requests; infinite where it never came to it. */
  readonly value: number;
  readonly shown: string;
}

/** The figures of cells, the worst first. */
export function figuresOf(
  { limit }: RealRow,
  cells: readonly Cell[],
  results: readonly CellResult[],
): Figure[] {
  const byName = new Map(results.map((result) => [result.cell.name, result]));
  return cells
    .flatMap(({ name }) => byName.get(name) ?? [])
    .map((result) => {
      const { cell } = result;
      const { rollBacks } = judgedOf(result);
      const value = valueOf(limit, result, results);
      return { cell, rollBacks, value, shown: shownOf(limit, value, result) };
    })
    .sort((a, b) => b.value - a.value);
}

/** The figures that are beyond the row's limit: shares significantly so, others by themselves. */
export function beyond({ limit }: RealRow, figures: readonly Figure[]): readonly Figure[] {
  const { most } = limit;
  if (most === undefined) return [];
  return limit.of === 'false alarms'
    ? significantlyAbove(figures, most)
    : figures.filter(({ value }) => !(value <= most));
}

/** The limit in words; empty where there is none. */
export function limitText(limit: Limit): string {
  const { most } = limit;
  if (most === undefined) return '';
  switch (limit.of) {
    case 'false alarms':
      return `at most ${percent(most)}`;
    case 'time to promote':
      return limit.than ? `at most ${most} times` : `at most ${most} s`;
    case 'time to roll back':
      return `at most ${most} s`;
    case 'failed requests':
      return `at most ${most} failed requests`;
  }
}

function valueOf(limit: Limit, result: CellResult, results: readonly CellResult[]): number {
  const judged = judgedOf(result);
  switch (limit.of) {
    case 'false alarms':
      return judged.rolledBack.share;
    case 'time to promote': {
      const seconds = judged.halfPromotedSeconds ?? Infinity;
      return limit.than ? seconds / secondsIn(limit.than, result.cell, results) : seconds;
    }
    case 'time to roll back':
      return secondsToRollBack(result, limit.since);
    case 'failed requests':
      // All of them fail.
      return judged.requests.mean;
  }
}

/** Of the releases that were not rolled back before. */
function secondsToRollBack({ cell, times }: CellResult, since: number): number {
  const seconds = times[cell.judges[0]!]!;
  const found = seconds.filter((time) => time >= since);
  const releases = cell.runs - (seconds.length - found.length);
  return (found[Math.floor((releases - 1) / 2)] ?? Infinity) - since;
}

function secondsIn(scenario: Cell['scenario'], cell: Cell, results: readonly CellResult[]): number {
  const same = results.find(
    (one) =>
      one.cell.scenario === scenario &&
      one.cell.rate === cell.rate &&
      one.cell.base === cell.base &&
      one.cell.times === cell.times &&
      one.cell.every === cell.every &&
      one.cell.judges[0] === cell.judges[0],
  );
  return (same && judgedOf(same).halfPromotedSeconds) ?? NaN;
}

function shownOf(limit: Limit, value: number, { cell, byJudge }: CellResult): string {
  const { rollBacks } = byJudge[cell.judges[0]!]!;
  switch (limit.of) {
    case 'false alarms':
      return `${percent(value)} (${rollBacks} of ${cell.runs})`;
    case 'time to promote':
      if (value === Infinity) return 'most never';
      return limit.than ? `${value.toFixed(2)} times` : `${amount(value)} s`;
    case 'time to roll back':
      return value === Infinity ? 'most never' : `${amount(value)} s`;
    case 'failed requests':
      return amount(value);
  }
}

function judgedOf({ cell, byJudge }: CellResult): JudgeResult {
  return byJudge[cell.judges[0]!]!;
}

/** Where it was seen. */
export function where({ cell }: Figure): string {
  return `${cellTitle(cell)}, looks every ${cell.every === 1 ? 'second' : `${cell.every} s`}`;
}

/** A row's cells with looks so many seconds apart. */
export function cellsAt(row: RealRow, every: number): Cell[] {
  return limitedCells(row, { healthy: 1, worse: 1 }).filter((cell) => cell.every === every);
}
