import { judges, type JudgeName } from '../peers/judges.ts';
import { resultOf, type CellResult } from '../report/results.ts';
import type { Cell } from '../run/cells.ts';
import type { Outcome } from '../run/simulate.ts';

/** A cell to be told apart by what is given. */
export function cellOf(given: Partial<Cell>): Cell {
  return {
    name: 'a cell',
    runs: 1000,
    judges: ['ours'],
    rate: 100,
    base: 0.01,
    times: 1,
    latency: 1,
    scenario: 'independent',
    every: 10,
    tunes: false,
    ...given,
  };
}

/** A result in which each judge rolled so many runs back, after so many failed requests. */
export function resultWith(
  given: Partial<Cell>,
  rollBacks: Partial<Record<JudgeName, readonly [count: number, failed: number]>>,
): CellResult {
  const names = (Object.keys(judges) as JudgeName[]).filter((name) => rollBacks[name]);
  const cell = cellOf({ ...given, judges: names });
  const runs = Array.from({ length: cell.runs }, (_, run) => ({
    outcomes: names.map((name): Outcome => {
      const [count, failed] = rollBacks[name]!;
      const verdict = run < count ? 'roll back' : 'promote';
      return { verdict, seconds: 60, failed, requests: 100 };
    }),
    extremes: undefined,
  }));
  return resultOf(cell, runs, undefined);
}
