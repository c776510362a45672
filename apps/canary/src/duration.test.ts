import { describe, expect, it } from 'vitest';
import { durationText, parseSeconds } from './duration.ts';

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

describe('durationText', () => {
  it.each([
    [0, '0 s'],
    [45_000, '45 s'],
    [90_000, '1 min 30 s'],
    [7_500_000, '2 h 5 min'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(durationText(ms)).toBe(text);
  });
});
