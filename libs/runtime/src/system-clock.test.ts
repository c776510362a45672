import { expect, it } from 'vitest';
import { systemClock } from './system-clock.ts';

it('sleeps no longer than until it is aborted, and takes that for no error', async () => {
  const before = systemClock.now();
  await systemClock.sleep(60_000, AbortSignal.timeout(1));
  expect(systemClock.now() - before).toBeLessThan(10_000);
});

it('sleeps for as long as it was told', async () => {
  const before = performance.now();
  await systemClock.sleep(50, new AbortController().signal);
  expect(performance.now() - before).toBeGreaterThan(45);
});
