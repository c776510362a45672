import { describe, expect, it } from 'vitest';
import { NO_SERIES, SERIES_BOUNDS, withLook, type RolloutSeries } from './series.ts';

function after(looks: number, evidence: Readonly<Record<string, number>> = {}): RolloutSeries {
  let series = NO_SERIES;
  for (let look = 1; look <= looks; look++) {
    series = withLook(series, look * 1000, { requests: { '1': 80, '2': 20 }, evidence });
  }
  return series;
}

const sum = (column: readonly number[] = []) => column.reduce((all, count) => all + count, 0);

describe('the series of a rollout', () => {
  it('has a point for each look', () => {
    const series = withLook(after(1, { E: 1.234567 }), 2000, {
      requests: { '2': 5 },
      evidence: {},
    });
    expect(series).toEqual({
      at: [1000, 2000],
      requests: { '1': [80, 0], '2': [20, 5] },
      figures: { E: [1.2346, null] },
    });
  });

  it('begins a column where it is first told of, with nothing before', () => {
    const series = withLook(after(2), 3000, { requests: { '3': 7 }, evidence: { E: 2 } });
    expect(series.requests['3']).toEqual([0, 0, 7]);
    expect(series.figures['E']).toEqual([null, null, 2]);
  });

  it.each([241, 242, 1000, 5000])('stays small after %i looks and loses no request', (looks) => {
    const series = after(looks, { E: 123.456789, 'canary errors': 0.0123456 });
    expect(series.at.length).toBeLessThanOrEqual(SERIES_BOUNDS.points);
    expect(series.at.at(-1)).toBe(looks * 1000);
    expect(sum(series.requests['1'])).toBe(80 * looks);
    expect(sum(series.requests['2'])).toBe(20 * looks);
    expect(JSON.stringify(series).length).toBeLessThan(15_000);
  });

  it('keeps its points in their order, each column as long as the times', () => {
    const { at, requests, figures } = after(777, { E: 1 });
    expect(at).toEqual([...at].sort((a, b) => a - b));
    for (const column of [...Object.values(requests), ...Object.values(figures)]) {
      expect(column).toHaveLength(at.length);
    }
  });

  it('does not keep more names than there is room for', () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, name) => [`m${name}`, 1]));
    expect(Object.keys(after(3, many).figures)).toHaveLength(SERIES_BOUNDS.names);
  });
});
