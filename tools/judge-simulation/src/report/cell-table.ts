import { judges } from '../peers/judges.ts';
import { amount, interval, percent, table } from './format.ts';
import type { CellResult } from './results.ts';

/** A row per cell and judge, for whoever tunes the judge. */
export function cellTable(
  results: readonly CellResult[],
  msPerRelease: ReadonlyMap<string, number>,
): string {
  const rows = results.flatMap(({ cell, byJudge }) =>
    cell.judges.map((name) => {
      const result = byJudge[name]!;
      return [
        cell.name,
        judges[name].title,
        String(cell.runs),
        String(result.rollBacks),
        interval(result.rolledBack),
        percent(result.promoted.share),
        seconds(result.medianSeconds),
        seconds(result.medianPromoteSeconds),
        amount(result.failed.mean),
        amount(msPerRelease.get(cell.name) ?? NaN),
      ];
    }),
  );
  return table(HEAD, rows, 2);
}

const HEAD = [
  'cell',
  'judge',
  'releases',
  'rolled back',
  'share',
  'promoted',
  'rolled back after',
  'promoted after',
  'extra failed',
  'CPU ms per release',
];

function seconds(median: number | undefined): string {
  return median === undefined ? '–' : `${median} s`;
}
