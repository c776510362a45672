import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanced, begunAfter, evidence, type Process } from './process.ts';

const after = (batches: readonly (readonly number[])[], everyMs = 1000) =>
  batches.reduce<Process | undefined>(
    (process, logS, i) => advanced(process, logS, i * everyMs),
    undefined,
  );

describe('evidence', () => {
  it('is 1 before the first batch', () => {
    expect(evidence(undefined)).toBe(0);
  });

  it('has an expectation of 1 for fair bets, whenever they begin', () => {
    // A coin that doubles or loses half of what is bet on it, with the odds that make it fair.
    const fair = [Math.log(1.5), Math.log(0.5)];
    const mean = (coins: number) =>
      Array.from({ length: 2 ** coins }, (_, outcome) =>
        Array.from({ length: coins }, (_, i) => [fair[(outcome >> i) & 1]!]),
      ).reduce((sum, batches) => sum + Math.exp(evidence(after(batches, 15_000))) / 2 ** coins, 0);
    expect(mean(8)).toBeCloseTo(1, 9);
  });

  it('forgets an hour that went well when something goes wrong', () => {
    const hour = new Array<number[]>(3600).fill([-0.3]);
    const process = after([...hour, ...new Array<number[]>(30).fill([1])]);
    expect(evidence(process)).toBeGreaterThan(20);
  });

  it('weighs bets as it is told', () => {
    const process = after([[3, 0]]);
    const [first, second] = [evidence(process, [0.9, 0.1]), evidence(process, [0.1, 0.9])];
    expect(first).toBeGreaterThan(second);
    expect(evidence(process)).toBeGreaterThan(second);
  });
});

describe('begunAfter', () => {
  it('never falls, begins with a half and stays below 1', () => {
    expect(begunAfter(0)).toBe(0.5);
    fc.assert(
      fc.property(fc.nat(1e9), fc.nat(1e8), (ms, more) => {
        const [now, later] = [begunAfter(ms), begunAfter(ms + more)];
        expect(later).toBeGreaterThanOrEqual(now);
        expect(later).toBeLessThan(1);
      }),
    );
  });
});
