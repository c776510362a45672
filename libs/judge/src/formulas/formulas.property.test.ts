import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomial, expectation, jointly, multinomial } from '../testing/enumerate.ts';
import type { Bound, Counts } from './counts.ts';
import { bernoulli } from './bernoulli.ts';
import { plus } from './logs.ts';
import { rank } from './rank.ts';
import { sameLaw, scoresOf } from './same-law.ts';
import { safe } from './safe.ts';
import { worseUnseen } from './unseen.ts';
import { worse } from './worse.ts';

type Formula = (counts: Counts, bound: Bound) => number[];

const ONE = 1 + 1e-9;
const trials = fc.integer({ min: 1, max: 5 });
const share = fc.double({ min: 0, max: 1, noNaN: true });
const bound = fc.record({
  times: fc.double({ min: 0.2, max: 3, noNaN: true }),
  plus: fc.double({ min: 0, max: 0.5, noNaN: true }),
});
/** Trials of both sides, the stable release's share, and where in the null the canary's is. */
const batch = fc.record({ n1: trials, n0: trials, p0: share, u: share });
type Batch = typeof batch extends fc.Arbitrary<infer Value> ? Value : never;

/** The largest expectation that a component of S over all batches has, exactly. */
function largestMean(formula: Formula, batches: Batch[], by: Bound, p1: (b: Batch) => number) {
  const laws = batches.flatMap((one) => [binomial(one.n1, p1(one)), binomial(one.n0, one.p0)]);
  const outcomes = jointly(laws);
  const logs = (events: number[]) =>
    batches
      .map(({ n1, n0 }, i) => formula({ x1: events[2 * i]!, n1, x0: events[2 * i + 1]!, n0 }, by))
      .reduce(plus, []);
  const components = logs(laws.map(() => 0)).length;
  const means = Array.from({ length: components }, (_, i) =>
    expectation(outcomes, (events) => Math.exp(logs(events)[i]!)),
  );
  return Math.max(...means);
}

describe('worse', () => {
  const notWorse =
    ({ times, plus }: Bound) =>
    ({ p0, u }: Batch) =>
      u * Math.min(1, times * p0 + plus);

  it('has an expectation of at most 1 wherever the canary is not worse', () => {
    fc.assert(
      fc.property(batch, bound, (one, by) => {
        expect(largestMean(worse, [one], by, notWorse(by))).toBeLessThanOrEqual(ONE);
      }),
    );
  });

  it('keeps that when a batch is cut in two, with other shares and splits in each', () => {
    const small = batch.map((one) => ({
      ...one,
      n1: Math.min(one.n1, 3),
      n0: Math.min(one.n0, 3),
    }));
    fc.assert(
      fc.property(small, small, bound, (one, two, by) => {
        expect(largestMean(worse, [one, two], by, notWorse(by))).toBeLessThanOrEqual(ONE);
      }),
      { numRuns: 30 },
    );
  });

  it('has more where the canary is worse', () => {
    const one = { n1: 5, n0: 5, p0: 0.1, u: 1 };
    const mean = largestMean(worse, [one], { times: 1, plus: 0 }, () => 0.6);
    expect(mean).toBeGreaterThan(2);
  });
});

describe('bernoulli', () => {
  const open = fc.double({ min: 0.01, max: 0.99, noNaN: true });

  it('has an expectation of at most 1 wherever the canary is not worse, whatever is bet', () => {
    fc.assert(
      fc.property(batch, bound, open, open, (one, by, canary, stable) => {
        const formula: Formula = (counts, bounds) => [
          bernoulli(counts, bounds, { canary, stable }),
        ];
        const most = ({ p0, u }: Batch) => u * Math.min(1, by.times * p0 + by.plus);
        expect(largestMean(formula, [one], by, most)).toBeLessThanOrEqual(ONE);
      }),
    );
  });

  it('needs fewer failed requests than worse where all of them fail', () => {
    const by = { times: 1.5, plus: 0.0005 };
    const counts = { x1: 5, n1: 5, x0: 0, n0: 20 };
    const bet = bernoulli(counts, by, { canary: 0.97, stable: 0.01 });
    expect(bet).toBeGreaterThan(1.2 * Math.max(...worse(counts, by)));
  });

  it('bets nothing where the bet itself is not worse', () => {
    const by = { times: 1, plus: 0.5 };
    expect(bernoulli({ x1: 5, n1: 5, x0: 0, n0: 9 }, by, { canary: 0.6, stable: 0.1 })).toBe(0);
  });
});

describe('worseUnseen', () => {
  it('has an expectation of at most 1 whatever the unseen share of the requests does', () => {
    fc.assert(
      fc.property(batch, bound, share, (one, by, unseen) => {
        const most = ({ p0, u }: Batch) => u * Math.min(1, unseen + by.times * p0 + by.plus);
        const formula: Formula = (counts, bounds) => worseUnseen(counts, bounds, unseen);
        expect(largestMean(formula, [one], by, most)).toBeLessThanOrEqual(ONE);
      }),
    );
  });

  it('needs the share: the same canary is worse where all of it was seen', () => {
    const one = { n1: 4, n0: 5, p0: 0, u: 1 };
    const mean = (unseen: number) => {
      const formula: Formula = (counts, by) => worseUnseen(counts, by, unseen);
      return largestMean(formula, [one], { times: 1, plus: 0 }, () => 0.5);
    };
    expect(mean(0.5)).toBeLessThanOrEqual(ONE);
    expect(mean(0)).toBeGreaterThan(2);
  });
});

describe('safe', () => {
  const beyond =
    ({ times, plus }: Bound) =>
    ({ p0, u }: Batch) => {
      const least = Math.min(1, times * p0 + plus);
      return least + u * (1 - least);
    };
  // Beyond 1 there is no canary: the null has no member.
  const possible = (by: Bound, ...batches: Batch[]) => {
    fc.pre(batches.every(({ p0 }) => by.times * p0 + by.plus <= 1));
  };

  it('has an expectation of at most 1 wherever the canary is beyond the margin', () => {
    fc.assert(
      fc.property(batch, bound, (one, by) => {
        possible(by, one);
        expect(largestMean(safe, [one], by, beyond(by))).toBeLessThanOrEqual(ONE);
      }),
    );
  });

  it('keeps that when a batch is cut in two', () => {
    const small = batch.map((one) => ({
      ...one,
      n1: Math.min(one.n1, 3),
      n0: Math.min(one.n0, 3),
    }));
    fc.assert(
      fc.property(small, small, bound, (one, two, by) => {
        possible(by, one, two);
        expect(largestMean(safe, [one, two], by, beyond(by))).toBeLessThanOrEqual(ONE);
      }),
      { numRuns: 30 },
    );
  });
});

describe('sameLaw', () => {
  const weights = fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), {
    minLength: 3,
    maxLength: 3,
  });
  const past = fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 3, maxLength: 3 });
  const few = fc.integer({ min: 1, max: 4 });

  it('has an expectation of at most 1 for every common law', () => {
    fc.assert(
      fc.property(weights, past, few, few, (some, counts, n1, n0) => {
        const law = some.map((one) => one / some.reduce((a, b) => a + b));
        const scores = scoresOf(counts);
        fc.pre(scores.length > 0);
        const outcomes = jointly([multinomial(n1, law), multinomial(n0, law)]);
        const logs = ([canary, stable]: number[][]) =>
          sameLaw({ canary: canary!, stable: stable! }, scores);
        for (const i of logs([counts, counts]).keys()) {
          const mean = expectation(outcomes, (value) => Math.exp(logs(value)[i]!));
          expect(mean).toBeLessThanOrEqual(ONE);
        }
      }),
    );
  });

  it('has scores that never fall from bucket to bucket, with a mean of 0 over the past', () => {
    fc.assert(
      fc.property(past, (counts) => {
        for (const score of scoresOf(counts)) {
          expect(score).toEqual(score.toSorted((a, b) => a - b));
          const mean = score.reduce((sum, s, i) => sum + s * counts[i]!, 0);
          expect(mean).toBeCloseTo(0, 6);
        }
      }),
    );
  });

  it('grows where the canary is slower', () => {
    const slower = { canary: [10, 30, 60], stable: [60, 30, 10] };
    expect(Math.max(...sameLaw(slower, scoresOf([60, 30, 10])))).toBeGreaterThan(10);
  });
});

describe('rank', () => {
  it('has an expectation of 1 where pods are exchangeable', () => {
    const badness = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 6 });
    fc.assert(
      fc.property(badness, fc.nat(), (pods, n) => {
        const canaries = 1 + (n % (pods.length - 1));
        const draws = subsets(pods.length, canaries).map((chosen) =>
          rank(pods.map((bad, i) => ({ isCanary: chosen.includes(i), badness: bad }))),
        );
        for (const k of draws[0]!.keys()) {
          const mean = draws.reduce((sum, logs) => sum + Math.exp(logs[k]!), 0) / draws.length;
          expect(mean).toBeCloseTo(1, 9);
        }
      }),
    );
  });

  it('says nothing where a side has no pod', () => {
    expect(rank([{ isCanary: true, badness: 1 }])).toEqual([0, 0, 0, 0]);
  });
});

function subsets(of: number, size: number): number[][] {
  if (size === 0) return [[]];
  if (of < size) return [];
  return [...subsets(of - 1, size), ...subsets(of - 1, size - 1).map((one) => [...one, of - 1])];
}
