import { expect, it } from 'vitest';
import { RequestCounts } from './request-counts.ts';
import { durationBuckets } from './definitions.ts';

it('puts a duration that equals a bound into the bucket below it, as Prometheus does', () => {
  const counts = new RequestCounts([]);
  counts.add('get', '/', 200, durationBuckets[0]!);
  const [route] = [...counts.routes()];
  expect(route?.buckets[0]).toBe(1);
});

it('puts a duration above every bound into the last bucket', () => {
  const counts = new RequestCounts([]);
  counts.add('get', '/', 200, 3600);
  const [route] = [...counts.routes()];
  expect(route?.buckets.at(-1)).toBe(1);
  expect(route?.seconds).toBe(3600);
});
