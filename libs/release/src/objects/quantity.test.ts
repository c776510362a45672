import { expect, it } from 'vitest';
import { quantity, quantityText } from './quantity.ts';

it.each(['', 'x', '1Zi', '1 Gi', '--1'])('reads no quantity from %j', (text) => {
  expect(quantity(text)).toBeUndefined();
});

it.each([
  ['250m', 0.25],
  ['.5', 0.5],
  ['1e3', 1000],
  ['1E', 1e18],
  ['1Gi', 2 ** 30],
  ['128974848', 128_974_848],
  [2, 2],
])('reads %s', (text, number) => {
  expect(quantity(text)).toBe(number);
});

it.each([
  [0.25, 'requests.cpu', '250m'],
  [3, 'pods', '3'],
  [1.5 * 2 ** 30, 'limits.memory', '1.5Gi'],
  [100, 'memory', '100'],
])('writes %d of %s', (amount, resource, text) => {
  expect(quantityText(amount, resource)).toBe(text);
});
