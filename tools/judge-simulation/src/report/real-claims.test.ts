import { describe, expect, it } from 'vitest';
import type { Cell } from '../run/cells.ts';
import { realCells } from '../run/real-cells.ts';
import type { Outcome } from '../run/simulate.ts';
import { mustHold } from './must-hold.ts';
import { realClaims } from './real-claims.ts';
import { realCellTable, realTable } from './real-table.ts';
import { resultOf, type CellResult } from './results.ts';

const CELLS = realCells({ healthy: 1000, worse: 101 });

/** An outcome of each cell's releases, by their number. */
type Outcomes = (cell: Cell, run: number) => Partial<Outcome>;

/** All is well: healthy canaries are promoted after 100 s, others rolled back as soon as allowed. */
function well({ scenario, times }: Cell): Partial<Outcome> {
  if (times === 1) return { verdict: 'promote', seconds: 100 };
  const since = { lateHour: 3600, lateMinute: 60 }[scenario as string] ?? 0;
  const seconds = since + (since > 0 ? 40 : 20);
  return { verdict: 'roll back', seconds, failed: 4, requests: 4.5 };
}

function resultsWith(
  other: (cell: Cell) => Outcomes | undefined = () => undefined,
  cells: readonly Cell[] = CELLS,
): CellResult[] {
  return cells.map((cell) => {
    const outcomes = other(cell) ?? well;
    const runs = Array.from({ length: cell.runs }, (_, run) => ({
      outcomes: cell.judges.map((): Outcome => {
        const none = { verdict: 'none', seconds: 3600, failed: 0, requests: 100 } as const;
        return { ...none, ...outcomes(cell, run) };
      }),
      extremes: undefined,
    }));
    return resultOf(cell, runs, undefined);
  });
}

const failing = (results: readonly CellResult[]) =>
  realClaims(results).filter(({ verdict }) => verdict === 'fails');
const rollBacks =
  (count: number): Outcomes =>
  (_, run) =>
    run < count ? { verdict: 'roll back', seconds: 30 } : { verdict: 'promote', seconds: 100 };
const named = (text: string, outcomes: Outcomes) =>
  resultsWith(({ name }) => (name.includes(text) ? outcomes : undefined));

describe('realClaims', () => {
  it('fails every limit where nothing was run', () => {
    const claims = realClaims([]);
    expect(claims.some(({ verdict }) => verdict === 'holds')).toBe(false);
    expect(claims[0]!.seen).toBe('not all of its cells were run');
  });

  it('fails where one of a row’s cells was not run', () => {
    const all = resultsWith();
    expect(
      failing(
        all.filter(
          ({ cell }) => !cell.name.startsWith('real clumps3 100 rps base 0.001 errors x1 looks 10'),
        ),
      ),
    ).toHaveLength(1);
  });

  it('holds where all is at its limit', () => {
    const claims = realClaims(resultsWith());
    expect(claims.filter(({ verdict }) => verdict === 'fails')).toEqual([]);
    expect(claims.filter(({ verdict }) => verdict === 'holds').length).toBeGreaterThan(15);
  });

  it('fails for false roll-backs significantly above the limit, not for chance, and names the cell', () => {
    const cell = 'real clumps3 100 rps base 0.01 errors x1 looks 1 s';
    expect(failing(named(cell, rollBacks(14)))).toEqual([]);
    const [claim, ...others] = failing(named(cell, rollBacks(30)));
    expect(others).toEqual([]);
    expect(claim!.what).toContain(
      'failures in threes on one pod: at most 1.0 % in each of 4 cells',
    );
    expect(claim!.what).toContain('(before: 4 to 11 %)');
    expect(claim!.seen).toBe(
      'beyond: 3.0 % (30 of 1000) (failures in threes, 100 rps, base 1 %, no worse, looks every second)',
    );
  });

  it('allows twice as much where that is the limit', () => {
    const cell = 'real clumps10 100 rps base 0.01 errors x1 looks 1 s';
    expect(failing(named(cell, rollBacks(25)))).toEqual([]);
    expect(failing(named(cell, rollBacks(45)))).toHaveLength(1);
  });

  it('only reports where promotions are withheld, and what has no limit', () => {
    expect(failing(named('never promoting', rollBacks(900)))).toEqual([]);
    expect(failing(named('real clumps10 10 rps', rollBacks(900)))).toEqual([]);
  });

  it('holds the time to a promotion against that with no sample missing; never promoted is never', () => {
    const after =
      (seconds: number, promoted: number): Outcomes =>
      (_, run) =>
        run < promoted ? { verdict: 'promote', seconds } : {};
    expect(failing(named('real missing1', after(120, 1000)))).toEqual([]);
    expect(failing(named('real missing1', after(121, 1000)))[0]!.seen).toContain('1.21 times');
    expect(failing(named('real missing5', after(200, 51)))).toEqual([]);
    expect(failing(named('real missing5', after(200, 50)))[0]!.seen).toContain('most never');
  });

  it('counts the time until a late regression is found from when it began, found or not', () => {
    const at =
      (seconds: number, found: number): Outcomes =>
      (_, run) =>
        run < found ? { verdict: 'roll back', seconds } : {};
    const late = (results: Parameters<typeof realClaims>[0]) =>
      realClaims(results).find(({ what }) => what.includes('from second 3,600 on'))!;
    expect(late(named('real lateHour', at(3640, 101))).seen).toContain('at most 40 s');
    expect(late(named('real lateHour', at(3620, 50))).seen).toContain('most never');
    // Rolled back before: no regression was found, and those releases count for nothing.
    expect(late(named('real lateHour', at(100, 101))).seen).toContain('most never');
  });

  it('reports a limit that was decided not to be met, with the reason', () => {
    const late = realClaims(
      named('real lateHour', () => ({ verdict: 'roll back', seconds: 3641 })),
    ).find(({ what }) => what.includes('from second 3,600 on'))!;
    expect(late).toMatchObject({
      verdict: 'reported',
      seen: expect.stringContaining('beyond: 41 s') as unknown,
    });
    expect(late.what).toContain(
      'not met, as what may begin at any time needs 1.6 times the evidence',
    );
  });

  it('limits the mean of a broken canary’s failed requests', () => {
    const failed =
      (requests: number): Outcomes =>
      () => ({
        verdict: 'roll back',
        seconds: 2,
        requests,
      });
    expect(failing(named('xInfinity', failed(4.5)))).toEqual([]);
    expect(failing(named('xInfinity', failed(4.6)))[0]!.seen).toContain('beyond: 4.6');
  });

  it('are no part of what must hold beside peers', () => {
    expect(mustHold(resultsWith(() => rollBacks(900)))).toEqual(mustHold([]));
  });
});

describe('realTable', () => {
  it('has what was before beside what is now, by looks, and marks what is beyond its limit', () => {
    const page = realTable(
      named('real ownRates2 1000 rps base 0.01 errors x1 looks 10', rollBacks(77)),
    );
    const rows = page.split('\n').filter((line) => line.includes('variation 0.2'));
    expect(
      rows.map((row) =>
        row
          .split('|')
          .map((part) => part.trim())
          .slice(2, 7),
      ),
    ).toEqual([
      ['1 s', '12 %', '0 % (0 of 1000)', 'at most 1.0 %', '0 % (0 of 101)'],
      ['10 s', '12 %', '**7.7 % (77 of 1000)**', 'at most 1.0 %', '0 % (0 of 101)'],
    ]);
  });
});

describe('realCellTable', () => {
  it('has a row for each cell', () => {
    expect(realCellTable(resultsWith()).split('\n')).toHaveLength(CELLS.length + 2);
  });
});
