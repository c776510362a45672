import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { shop } from '../../testing/shop.ts';
import { serviceShared } from './service-shared.ts';

const other = (name: string, app: string) => {
  const spec = { selector: { matchLabels: { app } } };
  return shop({ metadata: { name }, spec, labels: { app } });
};

it('warns of pods of others behind the same Service', () => {
  const [line] = found(serviceShared, { deployments: [other('jobs', 'shop')] });
  expect(line).toMatch(/^warn Service shop: it sends to the pods of Deployment jobs, too/);
});

it('finds nothing in the canary, the Deployment itself and those of other labels', () => {
  const deployments = [other('shop', 'shop'), other('shop-canary', 'shop'), other('cart', 'cart')];
  expect(found(serviceShared, { deployments })).toEqual([]);
});
