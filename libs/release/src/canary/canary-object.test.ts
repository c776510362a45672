import type { PlatformObject } from '@canary/rollout';
import { expect, it } from 'vitest';
import { shop, shopObject, type Shop } from '../testing/shop.ts';
import { canaryObject } from './canary-object.ts';

const made = (parts: Shop = {}): PlatformObject =>
  canaryObject(shopObject(parts), shop(parts).spec.template, { replicas: 1 });

it('is made of nothing but an object of the API server', () => {
  expect(() => made({ metadata: { uid: undefined } })).toThrow(
    'Deployment shop has no uid: a canary is made from the object as the API server has it',
  );
});

it('is not made of a canary', () => {
  expect(() => made({ labels: { 'canaryctl/role': 'canary' } })).toThrow(
    'Deployment shop is a canary itself',
  );
});

it('has the labels and the selector of the stable one, and one label more', () => {
  const expression = { key: 'tier', operator: 'In', values: ['web'] };
  const labels = { tier: 'web', release: '1' };
  const selector = { matchLabels: { app: 'shop' }, matchExpressions: [expression] };
  expect(made({ labels, spec: { selector } })).toMatchObject({
    metadata: { labels: { 'canaryctl/role': 'canary' } },
    spec: {
      selector: {
        matchLabels: { app: 'shop', 'canaryctl/role': 'canary' },
        matchExpressions: [expression],
      },
      template: { metadata: { labels: { app: 'shop', ...labels, 'canaryctl/role': 'canary' } } },
    },
  });
});

it('has nothing that its owner alone has', () => {
  const object = made({
    metadata: {
      resourceVersion: '7',
      creationTimestamp: '2026-11-01T00:00:00Z',
      managedFields: [{ manager: 'kubectl' }],
      finalizers: ['example.com/x'],
      ownerReferences: [{ kind: 'App', name: 'a', uid: 'u' }],
      labels: {
        team: 'a',
        'app.kubernetes.io/name': 'shop',
        'app.kubernetes.io/managed-by': 'Helm',
        'app.kubernetes.io/instance': 'shop',
        'helm.sh/chart': 'shop-1',
        'kustomize.toolkit.fluxcd.io/name': 'apps',
      },
      annotations: {
        note: 'x',
        'meta.helm.sh/release-name': 'shop',
        'argocd.argoproj.io/tracking-id': 'shop:apps/Deployment:store/shop',
        'deployment.kubernetes.io/revision': '3',
        'kubectl.kubernetes.io/last-applied-configuration': '{}',
      },
    },
    spec: { ...(shopObject()['spec'] as object), paused: true },
  });
  expect(object.metadata).toEqual({
    name: 'shop-canary',
    namespace: 'store',
    labels: { team: 'a', 'app.kubernetes.io/name': 'shop', 'canaryctl/role': 'canary' },
    annotations: { note: 'x' },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'shop',
        uid: 'u-1',
        controller: false,
        blockOwnerDeletion: false,
      },
    ],
  });
  expect(Object.keys(object)).toEqual(['apiVersion', 'kind', 'metadata', 'spec']);
  expect(object['spec']).not.toHaveProperty('paused');
});

it('keeps what else the spec says, with replicas and history as asked', () => {
  const parts = { spec: { minReadySeconds: 3, strategy: { type: 'Recreate' }, replicas: 9 } };
  const { template } = shop(parts).spec;
  const options = { replicas: 4, revisionHistoryLimit: 2 };
  expect(canaryObject(shopObject(parts), template, options)['spec']).toMatchObject({
    minReadySeconds: 3,
    strategy: { type: 'Recreate' },
    replicas: 4,
    revisionHistoryLimit: 2,
  });
});

it('waits before it ends where nothing else does', () => {
  expect(made({ container: { lifecycle: undefined } })).toMatchObject({
    spec: {
      template: { spec: { containers: [{ lifecycle: { preStop: { sleep: { seconds: 5 } } } }] } },
    },
  });
});
