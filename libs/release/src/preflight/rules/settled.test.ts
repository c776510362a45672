import { expect, it } from 'vitest';
import { facts } from '../../testing/facts.ts';
import type { Shop } from '../../testing/shop.ts';
import { settled } from './settled.ts';

function messages(shop: Shop, status: object = {}): string[] {
  const situation = facts({ shop });
  const { deployment } = situation;
  const changed = { ...deployment, status: { ...deployment.status, ...status } };
  return settled
    .check({ ...situation, deployment: changed })
    .map(({ severity, message, remedy }) => `${severity}: ${message} -> ${remedy}`);
}

it.each<[string, Shop, object]>([
  ['it is being deleted', { metadata: { deletionTimestamp: '2026-11-01T00:00:00Z' } }, {}],
  ['it is paused: it would not take the release over', { spec: { paused: true } }, {}],
  ['it has 0 replicas', { spec: { replicas: 0 } }, {}],
  ['Kubernetes has not yet acted on its last change', { metadata: { generation: 4 } }, {}],
  ['an update of it is in progress: 1 of 2 replicas are updated', {}, { updatedReplicas: 1 }],
  [
    'an update of it is in progress: 2 of 2 replicas are updated, and there are 3',
    {},
    { replicas: 3 },
  ],
  ['it is not ready: 2 of 4', { spec: { replicas: 4 } }, {}],
  ['it is not ready: 1 of 2 replicas are available', {}, { availableReplicas: 1 }],
])('refuses: %s', (message, shop, status) => {
  const [line] = messages(shop, status);
  expect(line).toContain(`refuse: ${message}`);
});

it('says how to wait', () => {
  expect(messages({}, { updatedReplicas: 1 })[0]).toContain('kubectl rollout status deploy/shop');
});

it('finds nothing in one at rest', () => {
  expect(messages({})).toEqual([]);
});
