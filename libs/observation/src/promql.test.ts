import { describe, expect, it } from 'vitest';
import { promqlLabelName, promqlMatchers, promqlRange, promqlString } from './promql.ts';

describe('promqlRange', () => {
  it.each([0, -1, NaN, Infinity, 0.0001])('refuses %d s', (seconds) => {
    expect(() => promqlRange(seconds)).toThrow('give a number of seconds above 0');
  });

  it.each([
    [30, '[30s]'],
    [0.5, '[500ms]'],
    [1.5, '[1500ms]'],
  ])('writes %d s as %s', (seconds, range) => {
    expect(promqlRange(seconds)).toBe(range);
  });
});

describe('promqlString', () => {
  it.each([
    ['a"} or vector(1)', String.raw`"a\"} or vector(1)"`],
    ['C:\\dir', String.raw`"C:\\dir"`],
    ['two\nlines\u0000', String.raw`"two\nlines\u0000"`],
    ['\ud800', '"\ufffd"'],
    ['grün 😀', '"grün 😀"'],
  ])('writes %j as %s', (text, literal) => {
    expect(promqlString(text)).toBe(literal);
  });
});

describe('promqlMatchers', () => {
  it('matches every label, in the order given', () => {
    expect(
      promqlMatchers([
        ['appname', 'my"app'],
        ['release', '1.0.0'],
      ]),
    ).toBe(String.raw`appname="my\"app",release="1.0.0"`);
  });
});

describe('promqlLabelName', () => {
  it('names a Kubernetes label as labelmap does', () => {
    expect(promqlLabelName('app.kubernetes.io/part-of')).toBe('app_kubernetes_io_part_of');
  });
});
