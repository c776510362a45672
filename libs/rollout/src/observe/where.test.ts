import { describe, expect, it } from 'vitest';
import { whereOf } from './where.ts';

const matches = (text: string, labels: Record<string, string>) =>
  whereOf([text])({ name: 'a', labels });

describe('whereOf', () => {
  it.each([
    ['', '""'],
    ['route', '"route"'],
    ['route=/x', '"route=/x"'],
    ['route="/x" method="get"', '"method=\\"get\\""'],
    ['route="/x",,method="get"', '",method=\\"get\\""'],
    ['1route="/x"', '"1route='],
    ['route=="/x"', '"route==\\"/x\\""'],
  ])('refuses %j, naming what is no matcher', (text, named) => {
    expect(() => whereOf([text])).toThrow(`where ${JSON.stringify(text)}: ${named}`);
    expect(() => whereOf([text])).toThrow('give one such as route!="/healthy"');
  });

  it('refuses a regular expression that is none', () => {
    expect(() => whereOf(['route=~"("'])).toThrow('"(" is no regular expression');
  });

  it.each<[string, Record<string, string>, boolean]>([
    ['route="/x"', { route: '/x' }, true],
    ['route="/x"', {}, false],
    ['route!="/x"', {}, true],
    ['route!="/x"', { route: '/x' }, false],
    ['route=""', {}, true],
    ['route=~"/x|/y"', { route: '/y' }, true],
    ['route=~"/x"', { route: '/xy' }, false],
    ['route!~"/api/.+"', { route: '/api/1' }, false],
    ['{route!="/x", method="get",}', { route: '/y', method: 'get' }, true],
    ['route!="/x",method="get"', { route: '/y', method: 'put' }, false],
    ['route="a\\"b"', { route: 'a"b' }, true],
  ])('%s of %j is %s', (text, labels, expected) => {
    expect(matches(text, labels)).toBe(expected);
  });

  it('wants every text to match, and anything without one', () => {
    const where = whereOf(['a="1"', 'b="2"']);
    expect(where({ name: 'a', labels: { a: '1' } })).toBe(false);
    expect(whereOf([])({ name: 'a', labels: {} })).toBe(true);
  });
});
