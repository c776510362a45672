import { expect, it } from 'vitest';
import { Backoff } from './backoff.ts';

it('waits not at all, then 10 s, then twice as long each time, up to five minutes', () => {
  const backoff = new Backoff();
  const waits = Array.from({ length: 8 }, () => backoff.next(100) / 1000);
  expect(waits).toEqual([0, 10, 20, 40, 80, 160, 300, 300]);
});

it('starts anew after ten minutes that went well', () => {
  const backoff = new Backoff();
  for (let crash = 0; crash < 5; crash++) backoff.next(100);
  expect([backoff.next(600_000), backoff.next(599_999)]).toEqual([0, 10_000]);
});
