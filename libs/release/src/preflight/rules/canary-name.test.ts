import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { shop } from '../../testing/shop.ts';
import { canaryName } from './canary-name.ts';

const labels = { 'canaryctl/role': 'canary' };
const owner = (uid: string) => [{ kind: 'Deployment', name: 'shop', uid }];
const taken = (metadata: object) => ({
  deployments: [shop({ metadata: { name: 'shop-canary', uid: 'u-2', ...metadata } })],
});

it.each([
  ["somebody's", {}],
  ["another tool's, owned by the Deployment", { ownerReferences: owner('u-1') }],
  ['a canary of a Deployment that is gone', { labels, ownerReferences: owner('u-0') }],
])('refuses %s', (_, metadata) => {
  const [line] = found(canaryName, taken(metadata));
  expect(line).toMatch(/^refuse Deployment shop-canary: it has the name that the canary of Dep/);
});

it('says that one of its own is there', () => {
  const [line] = found(canaryName, taken({ labels, ownerReferences: owner('u-1') }));
  expect(line).toMatch(/^info Deployment shop-canary: it is there already/);
});

it('finds nothing where the name is free', () => {
  expect(found(canaryName)).toEqual([]);
});
