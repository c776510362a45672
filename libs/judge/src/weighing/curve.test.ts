import { expect, it } from 'vitest';
import { drawn, NO_CURVE } from './curve.ts';

it('keeps at most 240 points, evenly, and always the first and the newest', () => {
  let curve = NO_CURVE;
  for (let look = 0; look < 5000; look++) {
    curve = drawn(curve, look, look / 3);
    expect(curve.points.length).toBeLessThanOrEqual(240);
    expect(curve.points.at(-1)?.[0]).toBe(look);
    expect(curve.points[0]?.[0]).toBe(0);
  }
  const gaps = curve.points.slice(1, -1).map(([at], i) => at - curve.points[i]![0]);
  expect(new Set(gaps)).toEqual(new Set([32]));
  expect(curve.points[1]).toEqual([32, 10.667]);
});
