import { expect, it } from 'vitest';
import { podSuffix, templateHash } from './template-hash.ts';

it('does not care for the order of keys, but for that of lists', () => {
  expect(templateHash({ a: 1, b: [{ c: 2, d: 3 }] })).toBe(
    templateHash({ b: [{ d: 3, c: 2 }], a: 1 }),
  );
  expect(templateHash({ b: [1, 2] })).not.toBe(templateHash({ b: [2, 1] }));
});

it('looks like what Kubernetes generates', () => {
  expect(templateHash({})).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{10}$/);
  expect(podSuffix(Math.random)).toMatch(/^[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  expect(podSuffix(() => 0)).toBe('bbbbb');
});
