import { parseArgs } from 'node:util';
import { FULL, healthyCells, QUICK, shareOf, worseCells } from './run/cells.ts';
import { Pool } from './run/pool.ts';
import { clock, progressOn } from './run/progress.ts';
import { onlyCells, timed } from './run/only.ts';
import { realCells } from './run/real-cells.ts';
import { runCells } from './run/run-cells.ts';
import { cellTable } from './report/cell-table.ts';
import { mustHold } from './report/must-hold.ts';
import { realClaims } from './report/real-claims.ts';
import type { CellResult } from './report/results.ts';
import { writeReport } from './report/write-report.ts';

/**
 * Simulates all cells, writes docs/judge-simulation.* and the plots, and says whether what must hold
 * does: exit code 1 if not. `--quick` is a trial of the tool with few runs: it writes nothing, and
 * proves nothing. `--only <text>`, as often as wanted, runs the cells with that in their names with the
 * judge of libs/judge alone, and prints a table; `--runs <n>` has so many releases in each of them.
 * `--share <share>` writes a report of so much of all releases, which says so; `--real-share <share>` has
 * another share of those of real services.
 */
const DOCS = new URL('../../../docs/', import.meta.url);
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    runs: { type: 'string' },
    share: { type: 'string', default: '1' },
    'real-share': { type: 'string' },
    workers: { type: 'string' },
  },
});
const sizesOf = (share: string) => (values.quick ? QUICK : shareOf(FULL, Number(share)));
const sizes = sizesOf(values.share);
const all = [
  ...healthyCells(sizes),
  ...worseCells(sizes),
  ...realCells(sizesOf(values['real-share'] ?? values.share)),
];
const cells = values.only
  ? onlyCells(all, values.only, values.runs === undefined ? undefined : Number(values.runs))
  : all;
const total = cells.reduce((sum, { runs }) => sum + runs, 0);
const write = (line: string) => process.stdout.write(`${line}\n`);
const start = Date.now();
const pool = new Pool(
  new URL('worker.js', import.meta.url),
  values.workers === undefined ? undefined : Number(values.workers),
);
try {
  write(`${total} releases in ${cells.length} cells`);
  const { timing, msPerRelease } = timed(pool, cpuMs);
  const results = await runCells(cells, timing, progressOn(process.stdout, total, Date.now));
  if (values.only) write(cellTable(results, msPerRelease()));
  else await report(results);
  write(`took ${clock((Date.now() - start) / 1000)}`);
} finally {
  await pool.close();
}

/** Milliseconds of CPU, shared out evenly to the workers: they are all busy, or nearly. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000 / pool.size;
}

async function report(results: readonly CellResult[]): Promise<void> {
  const claims = [...mustHold(results), ...realClaims(results)];
  if (!values.quick) await writeReport(results, claims, DOCS);
  for (const { what, verdict, seen } of claims) write(`${verdict}: ${what}: ${seen}`);
  if (!values.quick && claims.some(({ verdict }) => verdict === 'fails')) process.exitCode = 1;
}
