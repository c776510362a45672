import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomial, expectation, jointly } from '../testing/enumerate.ts';
import { Judging, type Shown } from '../testing/judging.ts';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const ONE = 1 + 1e-9;
const REQUESTS = 2;

/** Cumulative failures of one pod at each of its samples. */
type Failures = readonly number[];

/** The exact expectation of E after all looks, as failures of both pods fall by chance. */
function meanE(
  shares: { canary: readonly number[]; stable: readonly number[] },
  looksOf: (canary: Failures, stable: Failures) => Shown[],
) {
  const laws = [...shares.canary, ...shares.stable].map((one) => binomial(REQUESTS, one));
  return expectation(jointly(laws), (failed) => {
    const canary = sums(failed.slice(0, shares.canary.length));
    const stable = sums(failed.slice(shares.canary.length));
    const judging = new Judging({ metrics: ['errors'] });
    return Math.exp(judging.looks(...looksOf(canary, stable)).logE);
  });
}

const sums = (values: readonly number[]): number[] =>
  values.reduce<number[]>((all, value) => [...all, (all.at(-1) ?? 0) + value], [0]);
const pod = (failures: Failures, i: number, at: number) => ({
  requests: REQUESTS * i,
  failed: failures[i]!,
  at,
});

describe('E, from looks to the sum', () => {
  it('has an expectation of at most 1 for samples of one instant', () => {
    fc.assert(
      fc.property(share, share, share, share, (p, q, u, v) => {
        const shares = { stable: [p, q], canary: [p * u, q * v] };
        const mean = meanE(shares, (canary, stable) =>
          [0, 1, 2].map((i) => [i * 10, { c: pod(canary, i, i * 10), s: pod(stable, i, i * 10) }]),
        );
        expect(mean).toBeLessThanOrEqual(ONE);
      }),
      { numRuns: 20 },
    );
  });

  it('has it for samples of different phases, where windows before and after are weighed', () => {
    fc.assert(
      fc.property(share, share, (p, u) => {
        const shares = { stable: [p, p, p], canary: [p * u, p * u] };
        const mean = meanE(shares, (canary, stable) => [
          [6, { s: pod(stable, 0, -5), c: pod(canary, 0, 0) }],
          [16, { s: pod(stable, 1, 5), c: pod(canary, 1, 10) }],
          [26, { s: pod(stable, 2, 15), c: pod(canary, 2, 20) }],
          [36, { s: pod(stable, 3, 25), c: pod(canary, 2, 20) }],
        ]);
        expect(mean).toBeLessThanOrEqual(ONE);
      }),
      { numRuns: 10 },
    );
  });
});
