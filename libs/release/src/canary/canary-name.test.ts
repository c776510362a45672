import { expect, it } from 'vitest';
import { canaryName } from './canary-name.ts';

it.each(['a'.repeat(253), 'a'.repeat(57), `${'a'.repeat(46)}.${'b'.repeat(20)}`, 'shop.v1'])(
  'makes a DNS label of %.60s',
  (name) => {
    expect(canaryName(name)).toMatch(/^[a-z0-9][-a-z0-9]{0,55}-canary$/);
  },
);

it('keeps names apart that begin alike', () => {
  const names = ['shop.v1', 'shop-v1', `${'a'.repeat(60)}1`, `${'a'.repeat(60)}2`];
  expect(new Set(names.map(canaryName)).size).toBe(names.length);
});

it('appends to a name that has room', () => {
  expect(canaryName('shop')).toBe('shop-canary');
  expect(canaryName('a'.repeat(56))).toBe(`${'a'.repeat(56)}-canary`);
});
