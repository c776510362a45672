import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialTest, shareInterval } from './binomial.ts';

describe('binomialTest', () => {
  it.each([
    [1, 0, 0.2, 'trials 0'],
    [4, 3, 0.2, 'successes 4'],
    [0.5, 3, 0.2, 'successes 0.5'],
    [1, 3, 1, 'probability 1'],
    [1, 3, Number.NaN, 'probability NaN'],
  ])('rejects (%d, %d, %d), naming %s', (successes, trials, probability, named) => {
    expect(() => binomialTest(successes, trials, probability)).toThrow(named);
  });

  it.each([
    // What R's binom.test gives.
    [682, 925, 0.75, 0.3824916],
    [0, 10, 0.2, 0.2282481],
    [5, 10, 0.5, 1],
    [9, 10, 0.5, 0.02148438],
  ])('gives %d of %d at %d the p-value %d', (successes, trials, probability, p) => {
    expect(binomialTest(successes, trials, probability)).toBeCloseTo(p, 4);
  });

  it('is exact: its p-values are at most alpha with probability at most alpha', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        (trials, probability, alpha) => {
          let rejected = 0;
          for (let count = 0; count <= trials; count++) {
            if (binomialTest(count, trials, probability) <= alpha) {
              rejected +=
                choose(trials, count) *
                probability ** count *
                (1 - probability) ** (trials - count);
            }
          }
          expect(rejected).toBeLessThanOrEqual(alpha * (1 + 1e-6));
        },
      ),
    );
  });
});

describe('shareInterval', () => {
  it('rejects a confidence of 95', () => {
    expect(() => shareInterval(1, 2, 95)).toThrow('confidence 95');
  });

  it.each([
    // What R's binom.test gives as confidence interval.
    [682, 925, 0.7076683, 0.7654066],
    [0, 10, 0, 0.3084971],
    [10, 10, 0.6915029, 1],
    [600, 3000, 0.1858136, 0.214776],
  ])('bounds %d of %d by %d and %d', (successes, trials, low, high) => {
    const interval = shareInterval(successes, trials);
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
    expect(interval.share).toBe(successes / trials);
  });

  it('stays exact for millions of requests', () => {
    const { low, high } = shareInterval(1_000_000, 5_000_000);
    expect(low).toBeCloseTo(0.2 - 1.96 * Math.sqrt(0.16 / 5e6), 5);
    expect(high).toBeCloseTo(0.2 + 1.96 * Math.sqrt(0.16 / 5e6), 5);
  });
});

function choose(n: number, k: number): number {
  return k === 0 ? 1 : (choose(n, k - 1) * (n - k + 1)) / k;
}
