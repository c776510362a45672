import { SampleRing, type ReleaseSample } from '@canary/api/client';
import { describe, expect, it } from 'vitest';
import { figures, joined, recordedRates, recordedShares, sampled } from './timeline.ts';

const sides = { stable: '1', canary: '2' };
const always = { from: 0, to: Infinity };
const release = (requests: number, failed = 0): ReleaseSample => ({
  ...{ requests, failed, p50: 0.04, p95: null },
});

function ring(...seconds: Readonly<Record<string, ReleaseSample>>[]): SampleRing {
  const all = new SampleRing(5000);
  seconds.forEach((releases, index) => {
    all.push({ at: (index + 1) * 1000, seconds: 1, releases });
  });
  return all;
}

describe('a figure of samples', () => {
  it('is a mean over the last seconds', () => {
    const { at, stable } = sampled(
      ring({ '1': release(80) }, { '1': release(100) }),
      sides,
      always,
      figures.rate,
    );
    expect(at).toEqual([1, 2]);
    expect(stable).toEqual([80, 90]);
  });

  it('begins with a release, and has a gap where it is gone', () => {
    const seconds = ring({}, { '2': release(20) }, { '2': release(20) }, {});
    expect(sampled(seconds, sides, always, figures.rate).canary).toEqual([null, 20, 20, null]);
  });

  it('is the share of failed requests, and nothing without requests', () => {
    const seconds = ring({ '1': release(0) }, { '1': release(50, 1) });
    expect(sampled(seconds, sides, always, figures.errors).stable).toEqual([null, 2]);
  });

  it('is a time in milliseconds, or nothing', () => {
    const seconds = ring({ '1': release(1) });
    expect(sampled(seconds, sides, always, figures.p50).stable[0]).toBeCloseTo(40, 4);
    expect(sampled(seconds, sides, always, figures.p95).stable).toEqual([null]);
  });

  it('is within the range, of no more points than are to be seen, the newest among them', () => {
    const hour = ring(...Array.from({ length: 3600 }, () => ({ '1': release(5) })));
    const { at } = sampled(hour, sides, { from: 100_000, to: 3_600_000 }, figures.rate);
    expect(at.length).toBeLessThanOrEqual(700);
    expect(at[0]).toBeGreaterThanOrEqual(100);
    expect(at.at(-1)).toBe(3600);
  });
});

describe('what a rollout recorded', () => {
  const series = {
    at: [1000, 3000, 4000],
    requests: { '1': [10, 80, 40], '2': [0, 20, 10] },
    figures: {
      'canary errors': [0, 2, 3],
      'canary errors of': [10, 30, 40],
      'stable errors': [0, 0, 0],
      'stable errors of': [10, 10, 10],
    },
  };

  it('is drawn as rates, from the second point on', () => {
    const { at, stable, canary } = recordedRates(series, sides, Infinity);
    expect([at, stable, canary]).toEqual([
      [1, 3, 4],
      [null, 40, 40],
      [null, 10, 10],
    ]);
  });

  it('is drawn as shares of what was counted since the point before', () => {
    const { stable, canary } = recordedShares(series, 'errors', Infinity);
    expect(canary).toEqual([0, 10, 10]);
    expect(stable).toEqual([0, null, null]);
  });

  it('ends where samples begin', () => {
    const before = recordedRates(series, sides, 3500);
    const after = { at: [3.6], stable: [7], canary: [8] };
    expect(joined(before, after).at).toEqual([1, 3, 3.6]);
  });

  it('is nothing for a rollout of an earlier version', () => {
    expect(recordedRates(undefined, sides, Infinity).at).toEqual([]);
  });
});
