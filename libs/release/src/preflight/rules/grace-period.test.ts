import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { gracePeriod } from './grace-period.ts';

const grace = (terminationGracePeriodSeconds: number) => ({
  pod: { terminationGracePeriodSeconds },
});

it('warns of none', () => {
  const [line] = found(gracePeriod, { shop: grace(0) });
  expect(line).toMatch(
    /^warn Deployment shop: terminationGracePeriodSeconds is 0: a pod is killed/,
  );
});

it.each([{}, grace(1)])('finds nothing in %j', (shop) => {
  expect(found(gracePeriod, { shop })).toEqual([]);
});
