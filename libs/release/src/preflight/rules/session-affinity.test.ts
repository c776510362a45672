import { expect, it } from 'vitest';
import { found, service } from '../../testing/facts.ts';
import { sessionAffinity } from './session-affinity.ts';

const spec = (affinity: string, more = {}) => ({ sessionAffinity: affinity, ...more });

it('warns of clients that stay with a pod', () => {
  const [line] = found(sessionAffinity, { services: [service('shop', spec('ClientIP'))] });
  expect(line).toMatch(/^warn Service shop: its sessionAffinity is ClientIP: a client stays/);
});

it.each([
  ['None', service('shop', spec('None'))],
  ["another's", service('cart', spec('ClientIP', { selector: { app: 'cart' } }))],
])('finds nothing in %s', (_, one) => {
  expect(found(sessionAffinity, { services: [one] })).toEqual([]);
});
