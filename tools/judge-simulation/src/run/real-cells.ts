import type { JudgeName } from '../peers/judges.ts';
import type { Cell, Sizes } from './cells.ts';
import { realRows, type RealRow } from './real-rows.ts';

/** Where promotions are withheld: few cells, and few runs, as each takes the whole hour. */
const PATIENT = { rate: 100, base: 0.01 };
const LOOKS = [1, 10];

/** The cells of a row that its limit is for. Where that is a share there are many runs, for a median or a mean few. */
export function limitedCells(row: RealRow, { healthy, worse }: Sizes): Cell[] {
  const runs = row.limit.of === 'false alarms' ? healthy : worse;
  return cellsOf(row, { judge: row.judge ?? 'ours', runs });
}

/** The row's cells in which promotions are withheld. */
export function patientCells(row: RealRow, { worse: runs }: Sizes): Cell[] {
  if (!row.patient) return [];
  const at = row.at.filter(([rate, base]) => rate === PATIENT.rate && base === PATIENT.base);
  return cellsOf({ ...row, at }, { judge: 'patient', runs }).map((cell) => ({
    ...cell,
    name: `${cell.name}, never promoting`,
  }));
}

/** The cells of all rows. */
export function realCells(sizes: Sizes): Cell[] {
  return realRows.flatMap((row) => [...limitedCells(row, sizes), ...patientCells(row, sizes)]);
}

function cellsOf(row: RealRow, { judge, runs }: { judge: JudgeName; runs: number }): Cell[] {
  const { scenarios, at, times = 1, every = LOOKS } = row;
  return scenarios.flatMap((scenario) =>
    at.flatMap(([rate, base]) =>
      every.map((seconds) => ({
        scenario,
        rate,
        base,
        times,
        latency: 1,
        every: seconds,
        tunes: false,
        name: `real ${scenario} ${rate} rps base ${base} errors x${times} looks ${seconds} s`,
        runs,
        judges: [judge],
      })),
    ),
  );
}
