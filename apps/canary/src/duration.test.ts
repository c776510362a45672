import { describe, expect, it } from 'vitest';
import { parseSeconds } from './duration.ts';

describe('parseSeconds', () => {
  it.each(['', 'soon', '-5s', '5 s', '5d', 's', '1h-1m'])('does not take %j', (text) => {
    expect(parseSeconds(text)).toBeUndefined();
  });

  it.each([
    ['90', 90],
    ['1.5', 1.5],
    ['200ms', 0.2],
    ['30s', 30],
    ['1m30s', 90],
    ['2h', 7200],
  ])('reads %j as %d s', (text, seconds) => {
    expect(parseSeconds(text)).toBeCloseTo(seconds, 9);
  });
});
