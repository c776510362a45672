import { describe, expect, it } from 'vitest';
import { dotsOf } from './dot-field.ts';

const sides = { stable: '1', canary: '2' };
const sample = (stable: number, canary: number, failed = 0) => ({
  at: 0,
  seconds: 1,
  releases: {
    '1': { requests: stable, failed: 0, p50: null, p95: null },
    '2': { requests: canary, failed, p50: null, p95: null },
    tomcat: { requests: 99, failed: 0, p50: null, p95: null },
  },
});

describe('the field of dots', () => {
  it.each([
    [80, 20, 3],
    [1, 0, 0],
    [0, 7, 7],
    [400, 100, 1],
  ])('has a dot for each request: %i, %i, %i of them failed', (stable, canary, failed) => {
    const dots = dotsOf(sample(stable, canary, failed), sides);
    const count = (wanted: object) =>
      dots.filter((dot) => Object.entries(wanted).every(([k, v]) => dot[k as 'side'] === v)).length;
    expect(count({ side: 'stable' })).toBe(stable);
    expect(count({ side: 'canary' })).toBe(canary);
    expect(count({ failed: true })).toBe(failed);
  });

  it('is empty before the first sample', () => {
    expect(dotsOf(undefined, sides)).toEqual([]);
  });

  it('spreads them over the whole field', () => {
    const dots = dotsOf(sample(100, 0), sides);
    expect(
      dots.every(({ phase, height }) => phase >= 0 && phase < 1 && height >= 0 && height < 1),
    ).toBe(true);
    expect(new Set(dots.map(({ height }) => Math.floor(height * 10))).size).toBe(10);
  });
});
