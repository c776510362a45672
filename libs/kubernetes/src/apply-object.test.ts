import type { PlatformObject } from '@canary/rollout';
import { expect, it, onTestFinished } from 'vitest';
import { applyObject } from './apply-object.ts';
import { connectCluster } from './cluster.ts';
import { resourcePaths } from './resource-path.ts';
import { fakeApiServer } from './testing/fake-api-server.ts';

const RESOURCES = [
  { name: 'clusterroles', kind: 'ClusterRole', namespaced: false },
  { name: 'roles', kind: 'Role', namespaced: true },
];

it.each([
  ['ClusterRole', '/clusterroles/view', { name: 'view' }],
  ['Role', '/namespaces/shop/roles/view', { name: 'view', namespace: 'shop' }],
])('sends a %s in a namespace only where the cluster keeps it in one', async (kind, path, sent) => {
  const server = await fakeApiServer();
  const connected = connectCluster({ kubeconfig: server.kubeconfig });
  onTestFinished(() => connected.close());
  server.next({ url: /rbac/, status: 200, body: { resources: RESOURCES } });
  server.next({ method: 'PATCH', url: /rbac/, status: 200, body: {} });
  const bodies: unknown[] = [];
  const cluster: typeof connected = {
    ...connected,
    request: (request) => {
      if (request.body) bodies.push(JSON.parse(JSON.stringify(request.body)));
      return connected.request(request);
    },
  };
  const object: PlatformObject = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind,
    metadata: { name: 'view', namespace: 'shop' },
  };
  await applyObject(cluster, resourcePaths(cluster), object);
  expect(server.requests.at(-1)?.url).toContain(path);
  expect(bodies).toEqual([{ ...object, metadata: sent }]);
});
