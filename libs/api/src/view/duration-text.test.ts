import { expect, it } from 'vitest';
import { aboutText, durationText } from './duration-text.ts';

it.each([
  [0, '0 s'],
  [45_000, '45 s'],
  [90_000, '1 min 30 s'],
  [7_500_000, '2 h 5 min'],
])('writes %d ms as %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

it.each([
  [0.4, 'about 0 s'],
  [47_300, 'about 47 s'],
  [93_000, 'about 1 min 30 s'],
  [517_000, 'about 8 min 40 s'],
  [1_634_000, 'about 27 min'],
  [57_000_000, 'about 15 h 50 min'],
])('writes %d ms, estimated, as %s', (ms, text) => {
  expect(aboutText(ms)).toBe(text);
});
