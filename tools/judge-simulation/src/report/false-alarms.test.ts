import { describe, expect, it } from 'vitest';
import { cellOf } from '../testing/results.ts';
import { significantlyAbove } from './false-alarms.ts';

const tested = (rollBacks: number) => ({ cell: cellOf({ runs: 1000 }), rollBacks });

describe('significantlyAbove', () => {
  it('is none where none is, nor where nothing was tested', () => {
    expect(significantlyAbove([], 0.01)).toEqual([]);
    expect(significantlyAbove([tested(10)], 0.01)).toEqual([]);
  });

  it('is at 5 % for one cell alone: 15 of 1,000 are chance, 16 are not', () => {
    expect(significantlyAbove([tested(15)], 0.01)).toEqual([]);
    expect(significantlyAbove([tested(16)], 0.01)).toHaveLength(1);
  });

  it('is at 5 % for all cells together: of twenty, one with 20 is chance, with 22 it is not', () => {
    const others = Array.from({ length: 19 }, () => tested(10));
    expect(significantlyAbove([...others, tested(20)], 0.01)).toEqual([]);
    expect(significantlyAbove([...others, tested(22)], 0.01)).toEqual([tested(22)]);
  });
});
