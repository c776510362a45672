import { expect, it } from 'vitest';
import { mayRepeat, retryAfter } from './patience.ts';

const now = Date.parse('2026-01-01T10:00:00Z');

it.each([
  [429, undefined, undefined],
  [429, 'soon', undefined],
  [500, '3', undefined],
  [429, '3', 3000],
  [503, '3', 3000],
  [429, '0', 0],
  [429, 'Thu, 01 Jan 2026 10:00:07 GMT', 7000],
  [429, 'Thu, 01 Jan 2026 09:00:00 GMT', 0],
])('reads of an answer of %i with Retry-After %s to wait %s ms', (status, header, wait) => {
  const headers = new Headers(header === undefined ? {} : { 'retry-after': header });
  expect(retryAfter({ status, headers }, now)).toBe(wait);
});

it.each([
  [429, 'POST', true],
  [429, 'PUT', true],
  [503, 'POST', false],
  [503, 'PUT', false],
  [503, 'GET', true],
  [503, 'PATCH', true],
  [503, 'DELETE', true],
])('after %i may send a %s again: %s', (status, method, may) => {
  expect(mayRepeat(status, method)).toBe(may);
});
