import { describe, expect, it } from 'vitest';
import { cellOf } from '../testing/results.ts';
import { healthyCells, healthyName, QUICK, worseCells } from './cells.ts';
import type { Simulator, Task } from './pool.ts';
import { runCells } from './run-cells.ts';
import { runTask } from './task.ts';

const healthy = cellOf({ scenario: 'independent', runs: 4, judges: ['ours', 'flagger'] });
const cells = [
  { ...healthy, name: healthyName(healthy), tunes: true },
  cellOf({
    name: 'broken',
    times: Infinity,
    runs: 3,
    judges: ['ours', 'flagger', 'argo', 'flaggerTuned', 'argoTuned', 'kayentaTuned'],
  }),
  cellOf({
    name: 'slow',
    latency: 2,
    runs: 2,
    judges: ['ours', 'flagger', 'kayenta', 'flaggerTuned'],
  }),
];
const here: Simulator = { run: (task) => Promise.resolve(runTask(task)) };
/** As several workers: parts come in an order of their own, cut in another way. */
const elsewhere: Simulator = {
  run: ({ from, to, ...rest }: Task) => {
    const parts = Array.from({ length: to - from }, (_, i) => ({
      ...rest,
      from: from + i,
      to: from + i + 1,
    }));
    return Promise.resolve(parts.toReversed().flatMap(runTask).toReversed());
  },
};

describe('runCells', () => {
  it('simulates, judges and tunes, the same on any number of workers', async () => {
    const done: number[] = [];
    const results = await runCells(cells, here, (runs) => done.push(runs));
    expect(done).toEqual([4, 3, 2]);
    const [same, broken, slow] = results;
    expect(same!.byJudge.ours).toMatchObject({ rollBacks: 0, promotions: 4 });
    expect(broken!.byJudge.ours).toMatchObject({ rollBacks: 3, medianSeconds: 10 });
    expect(broken!.byJudge.flagger).toMatchObject({ rollBacks: 3, medianSeconds: 360 });
    expect(broken!.byJudge.argo).toMatchObject({ rollBacks: 3, medianSeconds: 120 });
    expect(broken!.byJudge.kayentaTuned).toMatchObject({ rollBacks: 3, medianSeconds: 3600 });
    expect(broken!.byJudge.flagger!.failed.mean).toBeCloseTo(20 * 0.99 * 360, -1);
    expect(slow!.byJudge.ours).toMatchObject({ rollBacks: 2 });
    expect(slow!.byJudge.kayenta).toMatchObject({ rollBacks: 2 });
    expect(same!.tuning!.flaggerSuccess).toBeLessThan(1);
    expect(await runCells(cells, elsewhere, () => undefined)).toEqual(results);
  });

  it('names a tuned judge that was not tuned', async () => {
    await expect(runCells(cells.slice(1), here, () => undefined)).rejects.toThrow(
      /tuned judge needs/,
    );
  });
});

describe('the cells', () => {
  const all = [...healthyCells(QUICK), ...worseCells(QUICK)];

  it('have names of their own', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });

  it('have a cell to tune on for every worse canary', () => {
    const names = new Set(healthyCells(QUICK).map(({ name }) => name));
    for (const cell of worseCells(QUICK)) expect(names).toContain(healthyName(cell));
  });
});
