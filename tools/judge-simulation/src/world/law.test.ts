import { describe, expect, it } from 'vitest';
import { BOUNDS, bucketShares, histogramQuantile, normal } from './law.ts';

describe('normal', () => {
  it.each([
    [0, 0.5],
    [1.959964, 0.975],
    [-2.326348, 0.01],
    [40, 1],
  ])('of %s is %s', (z, share) => {
    expect(normal(z)).toBeCloseTo(share, 6);
  });
});

describe('bucketShares', () => {
  it('are a law with its median at 80 ms', () => {
    const shares = bucketShares(1);
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 9);
    expect(shares.every((share) => share >= 0)).toBe(true);
    const below100ms = shares.slice(0, BOUNDS.indexOf(0.1) + 1).reduce((a, b) => a + b);
    expect(below100ms).toBeCloseTo(normal(Math.log(1 / 0.8) / 0.6), 9);
  });

  it('has slower responses in higher buckets', () => {
    const above = (times: number) =>
      bucketShares(times)
        .slice(5)
        .reduce((a, b) => a + b);
    expect(above(2)).toBeGreaterThan(above(1));
  });
});

describe('histogramQuantile', () => {
  const upTo = BOUNDS.map((bound) => (bound >= 0.5 ? 100 : bound >= 0.25 ? 50 : 0));

  it('is linear inside a bucket', () => {
    expect(histogramQuantile(0.75, upTo)).toBeCloseTo(0.375, 9);
  });

  it('is the highest finite bound beyond it, and not a number without any count', () => {
    expect(
      histogramQuantile(
        0.5,
        BOUNDS.map((bound) => (bound === Infinity ? 9 : 0)),
      ),
    ).toBe(10);
    expect(
      histogramQuantile(
        0.5,
        BOUNDS.map(() => 0),
      ),
    ).toBeNaN();
  });
});
