import type { JudgeName } from '../peers/judges.ts';
import type { Cell, Sizes } from './cells.ts';
import { realRows, type RealRow } from './real-rows.ts';

/** A row's judge that looks on where promotions are withheld is run in these cells only: it takes the whole hour. */
const PATIENT = { rate: 100, base: 0.01 };
const LOOKS = [1, 10];

/** The cells of a row. Where a share of false alarms is limited there are many runs, for a median few. */
export function cellsOf(row: RealRow, { healthy, worse }: Sizes): Cell[] {
  const { at, times = 1, every = LOOKS, judge = 'ours', limit } = row;
  const runs = every.length > 1 || limit.of === 'false alarms' ? healthy : worse;
  return row.scenarios.flatMap((scenario) =>
    at.flatMap(([rate, base]) =>
      every.flatMap((seconds) => {
        const cell = { scenario, rate, base, times, latency: 1, every: seconds, tunes: false };
        const name = `real ${scenario} ${rate} rps base ${base} errors x${times} looks ${seconds} s`;
        const isPatient = row.patient && rate === PATIENT.rate && base === PATIENT.base;
        const judges: JudgeName[] = isPatient ? [judge, 'patient'] : [judge];
        return [{ ...cell, name, runs, judges }];
      }),
    ),
  );
}

/** The cells of all rows. */
export function realCells(sizes: Sizes): Cell[] {
  return realRows.flatMap((row) => cellsOf(row, sizes));
}
