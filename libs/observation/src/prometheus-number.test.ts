import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prometheusNumber } from './prometheus-number.ts';

describe('prometheusNumber', () => {
  it.each([
    '',
    ' ',
    '-',
    '.',
    'e5',
    '1e',
    '1 ',
    '0x10',
    '1_000',
    '1,5',
    '1\r',
    '+NaN',
    'infinit',
    '1e400',
  ])('takes %j for no number', (text) => {
    expect(prometheusNumber(text)).toBeUndefined();
  });

  it.each([
    ['+Inf', Infinity],
    ['-Inf', -Infinity],
    ['inf', Infinity],
    ['Infinity', Infinity],
    ['NaN', NaN],
    ['nan', NaN],
    ['1.', 1],
    ['.5', 0.5],
    ['+7', 7],
    ['1e+06', 1_000_000],
    ['1.458255915e9', 1458255915],
  ])('reads %s', (text, value) => {
    expect(prometheusNumber(text)).toBe(value);
  });

  it('reads every finite double as it was written', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        // JavaScript writes -0 as 0.
        expect(prometheusNumber(String(value))).toBe(value + 0);
      }),
    );
  });
});
