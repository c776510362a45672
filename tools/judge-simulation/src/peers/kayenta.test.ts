import { describe, expect, it } from 'vitest';
import { poisson } from '../random/poisson.ts';
import { randomOf } from '../random/random.ts';
import { kayenta, KAYENTA_Z } from './kayenta.ts';
import { mannWhitneyZ, shiftZ } from './mann-whitney.ts';
import { counted, judgeHour } from '../testing/hours.ts';

describe('mannWhitneyZ', () => {
  it('is the statistic of a case done by hand, with ties and the correction for continuity', () => {
    // U = 2 of 25 pairs; sigma^2 = 25/12 * (11 - 12/90).
    const z = mannWhitneyZ([1, 2, 3, 4, 5], [4, 5, 6, 7, 8]);
    expect(z).toBeCloseTo(-10 / Math.sqrt((25 / 12) * (11 - 12 / 90)), 10);
  });

  it('says nothing where all values are tied', () => {
    expect(mannWhitneyZ([1, 1], [1, 1])).toBe(-Infinity);
  });
});

describe('shiftZ', () => {
  it('says nothing where there is no data', () => {
    expect(shiftZ([], [1, 2], 0.25)).toBe(-Infinity);
    expect(shiftZ([1, 2], [], 0.25)).toBe(-Infinity);
  });

  it('is smaller the more is tolerated', () => {
    const [canary, baseline] = [
      [3, 4, 5, 6, 7],
      [1, 2, 3, 4, 5],
    ];
    expect(shiftZ(canary, baseline, 0.9)).toBeLessThan(shiftZ(canary, baseline, 0.25));
  });
});

describe('kayenta', () => {
  const noisy = (name: string, mean: number) => {
    const random = randomOf(name);
    return () => counted(200, poisson(random, mean));
  };

  it('judges at the end of the hour only', () => {
    const verdict = judgeHour(kayenta(KAYENTA_Z), noisy('a', 10), noisy('b', 2));
    expect(verdict).toEqual(['roll back', 3600]);
  });

  it('promotes a canary that is no worse, and one without data', () => {
    const alike = judgeHour(kayenta(KAYENTA_Z), noisy('c', 2), noisy('d', 2));
    expect(alike).toEqual(['promote', 3600]);
    expect(judgeHour(kayenta(KAYENTA_Z), () => counted(0))).toEqual(['promote', 3600]);
  });
});
