import { OURS } from '../peers/judges.ts';
import type { Cell } from './cells.ts';
import type { Simulator } from './pool.ts';

/**
 * The cells whose names have one of some texts in them, with the judge of libs/judge alone.
 *
 * @param runs of each cell; as many as it has where undefined
 * @throws where there is none, or `runs` is no whole number above 0
 */
export function onlyCells(
  cells: readonly Cell[],
  texts: readonly string[],
  runs: number | undefined,
): Cell[] {
  if (runs !== undefined && !(Number.isInteger(runs) && runs > 0)) {
    throw new Error(`--runs ${runs} is not possible: give a whole number above 0`);
  }
  const only = cells.filter(({ name }) => texts.some((text) => name.includes(text)));
  if (only.length === 0) {
    throw new Error(
      `--only ${texts.join(', ')} is in no cell's name: give a part of one, such as "${cells.at(-1)?.name}"`,
    );
  }
  return only.map((cell) => ({
    ...cell,
    runs: runs ?? cell.runs,
    tunes: false,
    judges: cell.judges.filter((name) => OURS.includes(name)),
  }));
}

/** A simulator that notes the milliseconds that a release of each cell takes one worker. */
export function timed(simulator: Simulator, now: () => number) {
  const sums = new Map<string, { ms: number; runs: number }>();
  const timing: Simulator = {
    async run(task, onStart) {
      let start = now();
      const runs = await simulator.run(task, () => {
        start = now();
        onStart?.();
      });
      const sum = sums.get(task.cell.name) ?? { ms: 0, runs: 0 };
      sums.set(task.cell.name, { ms: sum.ms + now() - start, runs: sum.runs + runs.length });
      return runs;
    },
  };
  const msPerRelease = () =>
    new Map([...sums].map(([name, { ms, runs }]) => [name, ms / runs] as const));
  return { timing, msPerRelease };
}
