import { canaryObject, changed, preflight, type PodTemplate } from '@canary/release';
import type { PlatformObject } from '@canary/rollout';
import { expect, it, onTestFinished } from 'vitest';
import { fakeApiServer } from './testing/fake-api-server.ts';
import { connectCluster } from './cluster.ts';
import { readFacts, readStable } from './release-facts.ts';

const labels = { app: 'shop' };
const shop: PlatformObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop', namespace: 'store', uid: 'u-1' } as PlatformObject['metadata'],
  spec: {
    replicas: 2,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [
          { name: 'shop', image: 'shop:1', readinessProbe: {}, lifecycle: { preStop: {} } },
        ],
      },
    },
  },
  status: { replicas: 2, updatedReplicas: 2, availableReplicas: 2 },
};
const right = (verb: string) => ({ group: 'apps', resource: 'deployments', verbs: [verb] });
type Volumes = PodTemplate['spec']['volumes'];
const REVIEWS = /selfsubjectaccessreviews/;

async function place() {
  const server = await fakeApiServer();
  const cluster = connectCluster({ kubeconfig: server.kubeconfig });
  onTestFinished(() => cluster.close());
  server.put('services', { metadata: { name: 'shop' }, spec: { selector: labels, ports: [] } });
  server.put('deployments', { metadata: { name: 'shop' }, spec: shop['spec'] });
  server.next({
    url: /\/namespaces\/store$/,
    status: 200,
    body: { metadata: { labels: { a: 'b' } } },
  });
  const { template: changedTemplate } = changed(shop, { images: ['shop=shop:2'] });
  const read = (rights = [right('patch')], volumes: NonNullable<Volumes> = []) => {
    const template = { ...changedTemplate, spec: { ...changedTemplate.spec, volumes } };
    const canary = canaryObject(shop, template, { replicas: 1 });
    return readFacts(cluster, { deployment: shop, template, canary, rights });
  };
  return { server, cluster, read };
}

it('says that there is no such Deployment', async () => {
  const { server, cluster } = await place();
  server.next({
    url: /deployments\/shop$/,
    status: 404,
    body: { message: 'deployments.apps "shop" not found' },
  });
  await expect(readStable(cluster, { namespace: 'store', name: 'shop' })).rejects.toThrow(
    'cannot read Deployment store/shop: deployments.apps "shop" not found',
  );
});

it('throws where the server is not there', async () => {
  const { server, read } = await place();
  server.next({ url: /resourcequotas/, status: 503 });
  await expect(read()).rejects.toMatchObject({ failure: 'unavailable' });
});

it('says what may not be asked, and what the cluster does not have', async () => {
  const { server, read } = await place();
  const message =
    'resourcequotas is forbidden: User "jane" cannot list resource "resourcequotas" in API group "" in the namespace "store"';
  server.next({ url: /resourcequotas/, status: 403, body: { message } });
  server.next({ url: /horizontalpodautoscalers/, status: 404, body: '404 page not found' });
  server.next({ url: REVIEWS, status: 201, body: { status: { allowed: true } } });
  const facts = await read();
  expect(facts.unasked.map(({ what }) => what).sort()).toEqual([
    'HorizontalPodAutoscalers',
    'ResourceQuotas',
  ]);
  expect(preflight(facts).map(({ rule, message }) => `${rule}: ${message}`)).toContainEqual(
    'not-asked: it is not known whether ResourceQuotas are in the way: cannot list the ResourceQuotas in namespace store: the user "jane" may not list resourcequotas in namespace store; have a role bound to that user that allows the verb list on resourcequotas in namespace store',
  );
});

it('brings what there is, with a list a kind', async () => {
  const { server, read } = await place();
  server.next({ url: REVIEWS, status: 201, body: { status: { allowed: true } } });
  server.next({ url: /dryRun=All/, status: 201, headers: { warning: '299 - "old"' } });
  const facts = await read();
  expect(facts).toMatchObject({
    deployment: { metadata: { uid: 'u-1' } },
    canary: { metadata: { name: 'shop-canary' } },
    services: [{ metadata: { name: 'shop' } }],
    deployments: [{ kind: 'Deployment', metadata: { name: 'shop' } }],
    namespaceLabels: { a: 'b' },
    dryRun: { warnings: ['old'], error: undefined },
    access: [{ group: 'apps', resource: 'deployments', verb: 'patch', allowed: true }],
    unasked: [],
  });
  const urls = server.requests.map(({ method, url }) => `${method} ${url}`).sort();
  expect(urls).toEqual([
    'GET /api/v1/namespaces/store',
    'GET /api/v1/namespaces/store/limitranges',
    'GET /api/v1/namespaces/store/resourcequotas',
    'GET /api/v1/namespaces/store/services',
    'GET /apis/apps/v1/namespaces/store/deployments',
    'GET /apis/apps/v1/namespaces/store/replicasets?labelSelector=app%3Dshop',
    'GET /apis/autoscaling/v2/namespaces/store/horizontalpodautoscalers',
    'GET /apis/discovery.k8s.io/v1/namespaces/store/endpointslices',
    'GET /apis/policy/v1/namespaces/store/poddisruptionbudgets',
    'PATCH /apis/apps/v1/namespaces/store/deployments/shop-canary?dryRun=All&fieldManager=canary&force=true',
    'POST /apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
  ]);
});

it('does not take a claim that it may not look for as one that is not there', async () => {
  const { server, read } = await place();
  const message =
    'User "jane" cannot list resource "persistentvolumeclaims" in API group "" in the namespace "store"';
  server.next({ url: /persistentvolumeclaims/, status: 403, body: { message } });
  const volumes = [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }];
  expect(preflight(await read([], volumes)).map(({ rule }) => rule)).toEqual(['not-asked']);
});

it('finds a right that is missing', async () => {
  const { server, read } = await place();
  server.next({ url: REVIEWS, status: 201, body: { status: { allowed: false } } });
  expect(preflight(await read([right('delete')]))).toMatchObject([
    { rule: 'rights', severity: 'refuse', remedy: expect.stringContaining('["delete"]') as string },
  ]);
});
