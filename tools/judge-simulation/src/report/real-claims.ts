import { limitedCells, patientCells } from '../run/real-cells.ts';
import { realRows, type RealRow } from '../run/real-rows.ts';
import type { Claim } from './must-hold.ts';
import { beyond, figuresOf, limitText, where, type Figure } from './real-figures.ts';
import type { CellResult } from './results.ts';

/** Only names are wanted of these cells. */
const SIZES = { healthy: 1, worse: 1 };

/** What must hold where services are real, row by row, and what is reported beside it. */
export function realClaims(results: readonly CellResult[]): Claim[] {
  return realRows.flatMap((row) => [
    claimOf(row, results),
    ...(row.patient ? [patientClaim(row, results)] : []),
  ]);
}

function claimOf(row: RealRow, results: readonly CellResult[]): Claim {
  const cells = limitedCells(row, SIZES);
  const figures = figuresOf(row, cells, results);
  const above = beyond(row, figures);
  const limit = [
    limitText(row.limit),
    ...(row.missed === undefined ? [] : [`not met, as ${row.missed}`]),
  ]
    .filter(Boolean)
    .join(', ');
  const isWhole = figures.length === cells.length;
  const isReported = row.limit.most === undefined || row.missed !== undefined;
  const verdict = isReported ? 'reported' : isWhole && above.length === 0 ? 'holds' : 'fails';
  return {
    what: `Real services, ${row.what}${limit && `: ${limit}`} in ${inEach(cells.length)} (before: ${row.before})`,
    verdict,
    seen: seenOf(above, figures, isWhole),
  };
}

function patientClaim(row: RealRow, results: readonly CellResult[]): Claim {
  const cells = patientCells(row, SIZES);
  const figures = figuresOf(row, cells, results);
  return {
    what: `Real services, ${row.what}, promotions withheld for the whole hour, in ${inEach(cells.length)}`,
    verdict: 'reported',
    seen: seenOf([], figures, figures.length === cells.length),
  };
}

function seenOf(above: readonly Figure[], figures: readonly Figure[], isWhole: boolean): string {
  if (!isWhole) return 'not all of its cells were run';
  const shown = (some: readonly Figure[]) =>
    some.map((one) => `${one.shown} (${where(one)})`).join(', ');
  return above.length > 0 ? `beyond: ${shown(above)}` : `at most ${shown(figures.slice(0, 1))}`;
}

function inEach(cells: number): string {
  return cells === 1 ? 'one cell' : `each of ${cells} cells`;
}
