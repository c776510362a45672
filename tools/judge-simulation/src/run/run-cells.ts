import { tuned, type Tuning } from '../peers/tuning.ts';
import { resultOf, type CellResult } from '../report/results.ts';
import { healthyName, type Cell } from './cells.ts';
import type { Simulator } from './pool.ts';
import { isHealthy, type Run } from './simulate.ts';

/** Runs of one task: enough to make its way to a worker worth it, few enough to show progress. */
const TASK_RUNS = 25;
/** Peers are tuned to the false-alarm rate that ours has as its limit. */
const FALSE_ALARMS = 0.01;

/** Who is told about runs that are done. */
export type Progress = (done: number) => void;

/** Runs all cells: first those with a canary that is no worse, as peers are tuned on them. */
export async function runCells(
  cells: readonly Cell[],
  simulator: Simulator,
  progress: Progress,
): Promise<CellResult[]> {
  const tunings = new Map<string, Tuning>();
  const run = (cell: Cell) => runCell({ cell, tuning: tunings.get(healthyName(cell)) });
  async function runCell({ cell, tuning }: { cell: Cell; tuning: Tuning | undefined }) {
    const runs = await runsOf(cell, tuning);
    const extremes = runs.flatMap((one) => one.extremes ?? []);
    if (extremes.length > 0) tunings.set(cell.name, tuned(extremes, FALSE_ALARMS));
    return resultOf(cell, runs, tunings.get(healthyName(cell)));
  }
  async function runsOf(cell: Cell, tuning: Tuning | undefined): Promise<Run[]> {
    const starts = Array.from(
      { length: Math.ceil(cell.runs / TASK_RUNS) },
      (_, i) => i * TASK_RUNS,
    );
    const parts = await Promise.all(
      starts.map(async (from) => {
        const to = Math.min(cell.runs, from + TASK_RUNS);
        const runs = await simulator.run({ cell, tuning, from, to });
        progress(to - from);
        return runs;
      }),
    );
    return parts.flat();
  }
  const healthy = await Promise.all(cells.filter(isHealthy).map(run));
  const worse = await Promise.all(cells.filter((cell) => !isHealthy(cell)).map(run));
  return [...healthy, ...worse];
}
