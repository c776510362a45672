import type { PlatformObject } from '@canary/rollout';
import { expect, it, onTestFinished } from 'vitest';
import { fakeApiServer } from './testing/fake-api-server.ts';
import { connectCluster } from './cluster.ts';
import { dryRun, warningsOf } from './dry-run.ts';

const path = '/apis/apps/v1/namespaces/store/deployments/shop-canary';
const canary: PlatformObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'shop-canary', namespace: 'store' },
};

async function place() {
  const server = await fakeApiServer();
  const cluster = connectCluster({ kubeconfig: server.kubeconfig });
  onTestFinished(() => cluster.close());
  return { server, run: () => dryRun(cluster, path, canary) };
}

it('throws where who asks may not', async () => {
  const { server, run } = await place();
  const message =
    'deployments.apps "shop-canary" is forbidden: User "jane" cannot patch resource "deployments" in API group "apps" in the namespace "store"';
  server.next({ url: /dryRun/, status: 403, body: { message } });
  await expect(run()).rejects.toMatchObject({ failure: 'forbidden' });
});

it.each([
  [403, { message: 'admission webhook "images" denied the request: no' }, /^admission webhook/],
  [422, { message: 'spec.template: Invalid value' }, /^spec\.template: Invalid value$/],
  [400, 'nonsense', /^cannot try Deployment shop-canary on the server: nonsense/],
])('tells why the server would not take it: %i', async (status, body, error) => {
  const { server, run } = await place();
  server.next({ url: /dryRun/, status, body });
  expect((await run()).error).toMatch(error);
});

it('tells what the server warns of, and keeps nothing', async () => {
  const { server, run } = await place();
  const warning = '299 - "would violate PodSecurity \\"baseline:latest\\": privileged"';
  server.next({ url: /dryRun/, status: 201, headers: { warning } });
  expect(await run()).toEqual({
    warnings: ['would violate PodSecurity "baseline:latest": privileged'],
    error: undefined,
  });
  expect(server.requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
    `PATCH ${path}?dryRun=All&fieldManager=canary&force=true`,
  ]);
});

it('bounds what a webhook says', async () => {
  const { server, run } = await place();
  const message = `denied: ${'x'.repeat(100_000)}`;
  server.next({ url: /dryRun/, status: 400, body: { message } });
  expect((await run()).error).toHaveLength(2000);
});

it('tells several warnings apart, whatever is in them', () => {
  expect(warningsOf('')).toEqual([]);
  expect(warningsOf('299 - "a, 299 b", 299 kube "c\\\\d" "Sat, 28 Nov 2026 10:00:00 GMT"')).toEqual(
    ['a, 299 b', 'c\\d'],
  );
});
