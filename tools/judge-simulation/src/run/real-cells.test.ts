import { describe, expect, it } from 'vitest';
import { realScenarios } from '../world/real-scenarios.ts';
import { FULL, healthyCells, QUICK, shareOf, worseCells } from './cells.ts';
import { realCells } from './real-cells.ts';
import { simulate } from './simulate.ts';

const SIZES = { healthy: 2000, worse: 300 };
const cells = realCells(SIZES);

describe('the cells of real services', () => {
  it('have names of their own, also beside those of peers', () => {
    const names = [...cells, ...healthyCells(QUICK), ...worseCells(QUICK)].map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are of every scenario', () => {
    expect(new Set(cells.map(({ scenario }) => scenario))).toEqual(
      new Set(Object.keys(realScenarios)),
    );
  });

  it('have many releases where a share is limited, and few where they take the whole hour', () => {
    const runs = (name: string) => cells.find((cell) => cell.name === name)!.runs;
    const clumps = 'real clumps3 100 rps base 0.01 errors x1 looks 1 s';
    expect(runs(clumps)).toBe(2000);
    expect(runs(`${clumps}, never promoting`)).toBe(300);
    expect(runs('real usual 100 rps base 0.01 errors x5 looks 1 s')).toBe(300);
  });

  it('are looked at as often as they say, until the judge has decided', () => {
    const broken = cells.find(({ times, scenario }) => times === Infinity && scenario === 'usual')!;
    const [{ verdict, seconds, requests }] = simulate(broken, 0, undefined).outcomes as [
      ReturnType<typeof simulate>['outcomes'][number],
    ];
    expect(verdict).toBe('roll back');
    expect(seconds).toBeLessThan(10);
    expect(requests).toBeCloseTo(2 * seconds, 0);
  });

  it('go on until the scenario’s last look where nothing is decided', () => {
    const late = {
      ...cells.find(({ scenario }) => scenario === 'lateHour')!,
      times: 1,
      every: 100,
    };
    expect(simulate(late, 0, undefined).outcomes).toMatchObject([
      { verdict: 'none', seconds: 7200 },
    ]);
  });
});

describe('a share of all releases', () => {
  it('is in every cell, and at least one', () => {
    expect(shareOf(FULL, 0.15)).toEqual({ healthy: 300, worse: 45 });
    expect(shareOf(FULL, 1e-9)).toEqual({ healthy: 1, worse: 1 });
  });

  it.each([0, 1.5, -1, NaN])('is refused where it is %d', (share) => {
    expect(() => shareOf(FULL, share)).toThrow(`--share ${share} is not possible`);
  });
});
