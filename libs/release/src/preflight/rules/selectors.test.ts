import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { shop } from '../../testing/shop.ts';
import { selectors } from './selectors.ts';

const other = (name: string, matchLabels: Record<string, string>, labels = matchLabels) =>
  shop({
    metadata: { name },
    spec: { selector: { matchLabels } },
    labels: { app: 'x', ...labels },
  });

it('refuses another that matches the canary, and whose pods are matched in turn', () => {
  const deployments = [other('jobs', { app: 'shop' })];
  expect(found(selectors, { deployments })[0]).toMatch(
    /^refuse Deployment jobs: its selector app=shop matches the canary's pods, as it does those of Deployment shop, whose selector app=shop matches its pods in turn: /,
  );
});

it('refuses another that matches the new labels alone', () => {
  const deployments = [other('web', { tier: 'web' })];
  const [line] = found(selectors, { deployments, after: { labels: { tier: 'web' } } });
  expect(line).toMatch(/^refuse Deployment web: its selector tier=web matches the canary's pods: /);
  expect(line).toMatch(/ -> keep the labels of the pods as they are in the new template$/);
});

it('warns of another that has always matched the stable pods', () => {
  const deployments = [other('web', { tier: 'web' })];
  const [line] = found(selectors, { deployments, shop: { labels: { tier: 'web' } } });
  expect(line).toMatch(/^warn Deployment web: .* as it does those of Deployment shop: /);
});

it('refuses a ReplicaSet of nobody, and not one of a Deployment', () => {
  const spec = { selector: { matchLabels: { app: 'shop' } } };
  const owner = { kind: 'Deployment', name: 'shop', uid: 'u-1', controller: true };
  const owned = { metadata: { name: 'shop-1', ownerReferences: [owner] }, spec };
  const [line, ...more] = found(selectors, {
    replicaSets: [owned, { metadata: { name: 'old' }, spec }],
  });
  expect(line).toContain(
    'refuse ReplicaSet old: no Deployment owns it, and its selector app=shop matches',
  );
  expect(more).toEqual([]);
});

it('refuses another canary of the same labels', () => {
  const labels = { app: 'shop', 'canaryctl/role': 'canary' };
  const deployments = [other('web-canary', { app: 'web' }, labels)];
  expect(found(selectors, { deployments })[0]).toContain(
    "refuse Deployment web-canary: its pods match the canary's selector app=shop,canaryctl/role=canary",
  );
});

it('finds nothing in the Deployment itself, its canary, and others', () => {
  const own = { app: 'shop' };
  const deployments = [
    other('shop', own),
    other('shop-canary', own),
    other('cart', { app: 'cart' }),
  ];
  expect(found(selectors, { deployments })).toEqual([]);
});
