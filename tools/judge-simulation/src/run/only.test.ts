import { describe, expect, it } from 'vitest';
import { cellOf } from '../testing/results.ts';
import { onlyCells, timed } from './only.ts';
import type { Simulator } from './pool.ts';

const cells = [
  cellOf({ name: 'one of a kind', judges: ['ours', 'flagger', 'patient'], tunes: true }),
  cellOf({ name: 'another', judges: ['robust', 'argoTuned'] }),
  cellOf({ name: 'a third' }),
];

describe('onlyCells', () => {
  it('names a text that is in no name, and a part of one that would do', () => {
    expect(() => onlyCells(cells, ['nothing'], undefined)).toThrow(
      '--only nothing is in no cell\'s name: give a part of one, such as "a third"',
    );
  });

  it.each([0, -1, 1.5, NaN])('refuses %s runs', (runs) => {
    expect(() => onlyCells(cells, ['one'], runs)).toThrow(/--runs .* give a whole number above 0/);
  });

  it('keeps the cells with any of the texts, and the judge of libs/judge alone', () => {
    const only = onlyCells(cells, ['one of', 'other'], 7);
    expect(only.map(({ name, judges, runs, tunes }) => [name, judges, runs, tunes])).toEqual([
      ['one of a kind', ['ours', 'patient'], 7, false],
      ['another', ['robust'], 7, false],
    ]);
    expect(onlyCells(cells, ['third'], undefined)[0]!.runs).toBe(1000);
  });
});

describe('timed', () => {
  it('tells how long a release of each cell took from when a worker took it up', async () => {
    let now = 0;
    const waits: Simulator = {
      run({ from, to }, onStart) {
        now += 1000;
        onStart?.();
        now += from === 0 ? 30 : 50;
        return Promise.resolve(
          Array.from({ length: to - from }, () => ({ outcomes: [], extremes: undefined })),
        );
      },
    };
    const { timing, msPerRelease } = timed(waits, () => now);
    const task = { cell: cells[0]!, tuning: undefined };
    await timing.run({ ...task, from: 0, to: 2 });
    await timing.run({ ...task, from: 2, to: 4 });
    expect([...msPerRelease()]).toEqual([['one of a kind', 20]]);
  });
});
