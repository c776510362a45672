import { parseArgs } from 'node:util';
import { FULL, healthyCells, QUICK, worseCells } from './run/cells.ts';
import { Pool } from './run/pool.ts';
import { clock, progressOn } from './run/progress.ts';
import { runCells } from './run/run-cells.ts';
import { mustHold } from './report/must-hold.ts';
import { writeReport } from './report/write-report.ts';

/**
 * Simulates all cells, writes docs/judge-simulation.* and the plots, and says whether what must hold
 * does: exit code 1 if not. `--quick` is a trial of the tool with few runs: it writes nothing, and
 * proves nothing.
 */
const DOCS = new URL('../../../docs/', import.meta.url);
const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    workers: { type: 'string' },
  },
});
const sizes = values.quick ? QUICK : FULL;
const cells = [...healthyCells(sizes), ...worseCells(sizes)];
const total = cells.reduce((sum, { runs }) => sum + runs, 0);
const write = (line: string) => process.stdout.write(`${line}\n`);
const start = Date.now();
const pool = new Pool(
  new URL('worker.js', import.meta.url),
  values.workers === undefined ? undefined : Number(values.workers),
);
try {
  write(`${total} releases in ${cells.length} cells`);
  const results = await runCells(cells, pool, progressOn(process.stdout, total, Date.now));
  const claims = mustHold(results);
  if (!values.quick) await writeReport(results, claims, DOCS);
  for (const { what, verdict, seen } of claims) write(`${verdict}: ${what}: ${seen}`);
  write(`took ${clock((Date.now() - start) / 1000)}`);
  if (!values.quick && claims.some(({ verdict }) => verdict === 'fails')) process.exitCode = 1;
} finally {
  await pool.close();
}
