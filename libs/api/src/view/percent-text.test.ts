import { expect, it } from 'vitest';
import { percentText } from './percent-text.ts';

it.each([
  [0, '0 %'],
  [0.00134, '0.13 %'],
  [0.0155, '1.6 %'],
  [0.2, '20 %'],
  [0.3333, '33.3 %'],
  [1, '100 %'],
])('writes %d as %s', (share, text) => {
  expect(percentText(share)).toBe(text);
});
