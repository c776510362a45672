import { patientCells } from '../run/real-cells.ts';
import { realRows } from '../run/real-rows.ts';
import { isReal, scenarios } from '../world/scenarios.ts';
import { amount, baseTitle, canaryTitle, interval, percent, table } from './format.ts';
import { beyond, cellsAt, figuresOf, limitText } from './real-figures.ts';
import type { CellResult } from './results.ts';

const NOTHING = '·';
const LOOKS = [1, 10];

/** What real services do to the judge: before, now, and at most; the worst of a row's cells. */
export function realTable(results: readonly CellResult[]): string {
  const rows = realRows.flatMap((row) =>
    LOOKS.flatMap((every) => {
      const figures = figuresOf(row, cellsAt(row, every), results);
      const patient = patientCells(row, { healthy: 1, worse: 1 });
      const withheld = figuresOf(
        row,
        patient.filter((cell) => cell.every === every),
        results,
      );
      const [worst] = figures;
      if (!worst) return [];
      const isBeyond = beyond(row, figures).length > 0;
      return [
        [
          row.what,
          `${every} s`,
          row.before,
          isBeyond ? `**${worst.shown}**` : worst.shown,
          [limitText(row.limit) || NOTHING, row.missed].filter(Boolean).join('; '),
          withheld[0]?.shown ?? NOTHING,
        ],
      ];
    }),
  );
  return table(['canary', 'looks', 'before', 'now', 'limit', 'promotions withheld'], rows);
}

/** Every cell of theirs. */
export function realCellTable(results: readonly CellResult[]): string {
  const rows = results
    .filter(({ cell }) => isReal(cell))
    .map(({ cell, byJudge }) => {
      const judged = byJudge[cell.judges[0]!]!;
      const { rolledBack, promoted, medianSeconds, medianPromoteSeconds, requests } = judged;
      const isPatient = cell.judges[0] === 'patient';
      return [
        `${scenarios[cell.scenario].title}${isPatient ? ', promotions withheld' : ''}`,
        canaryTitle(cell),
        amount(cell.rate),
        baseTitle(cell.base),
        `${cell.every} s`,
        interval(rolledBack),
        medianSeconds === undefined ? NOTHING : `${medianSeconds} s`,
        percent(promoted.share),
        medianPromoteSeconds === undefined ? NOTHING : `${medianPromoteSeconds} s`,
        cell.times === Infinity ? amount(requests.mean) : NOTHING,
      ];
    });
  return table(HEAD, rows, 2);
}

const HEAD = [
  'scenario',
  'canary',
  'rps',
  'base',
  'looks',
  'rolled back',
  'median time',
  'promoted',
  'median time',
  'failed requests',
];
