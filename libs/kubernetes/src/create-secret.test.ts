import { expect, it, onTestFinished } from 'vitest';
import { fakeApiServer } from './testing/fake-api-server.ts';
import { connectCluster } from './cluster.ts';
import { createSecret } from './create-secret.ts';

const secret = { namespace: 'canary', name: 'grafana-admin', data: { password: 'p' } };

async function place() {
  const server = await fakeApiServer();
  const cluster = connectCluster({ kubeconfig: server.kubeconfig });
  onTestFinished(() => cluster.close());
  return { server, cluster };
}

it('tells that a Secret may not be made', async () => {
  const { server, cluster } = await place();
  server.next({ method: 'POST', url: /secrets/, status: 403, body: { message: 'no' } });
  await expect(createSecret({ cluster, ...secret })).rejects.toThrow(
    'cannot make Secret canary/grafana-admin: ',
  );
});

it('makes a Secret, and never changes one that is there', async () => {
  const { server, cluster } = await place();
  server.next({ method: 'POST', url: /secrets/, status: 201, body: {} });
  expect(await createSecret({ cluster, ...secret })).toBe(true);
  const reason = 'AlreadyExists';
  server.next({ method: 'POST', url: /secrets/, status: 409, body: { reason } });
  expect(await createSecret({ cluster, ...secret })).toBe(false);
  const asked = server.requests.map(({ method, url }) => `${method} ${url}`);
  expect(new Set(asked)).toEqual(new Set(['POST /api/v1/namespaces/canary/secrets']));
});
