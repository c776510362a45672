import type { Pod } from '@canary/rollout';
import { expect, it, onTestFinished } from 'vitest';
import { fakeApiServer } from './testing/fake-api-server.ts';
import { connectCluster } from './cluster.ts';
import { podsProxy } from './pods-proxy.ts';

async function proxyOnFake() {
  const server = await fakeApiServer();
  const cluster = connectCluster({ kubeconfig: server.kubeconfig });
  onTestFinished(() => cluster.close());
  return { server, proxy: podsProxy({ cluster, namespace: 'canary' }) };
}

const pod = (scrapeAddress: string | undefined, annotations = {}) =>
  ({ name: 'web-1', scrapeAddress, annotations }) as unknown as Pod;

it('has no URL for a pod without an address', async () => {
  const { proxy } = await proxyOnFake();
  expect(proxy.urlOf(pod(undefined))).toBeUndefined();
});

it.each([
  [{}, 'web-1%3A5555/proxy/metrics'],
  [{ 'prometheus.io/path': 'stats?all=1' }, 'web-1%3A5555/proxy/stats?all=1'],
  [{ 'prometheus.io/scheme': 'https' }, 'https%3Aweb-1%3A5555/proxy/metrics'],
])('goes through the API server with %j to %s', async (annotations, path) => {
  const { server, proxy } = await proxyOnFake();
  const url = `${server.url}/api/v1/namespaces/canary/pods/${path}`;
  expect(proxy.urlOf(pod('10.0.0.7:5555', annotations))).toEqual({ url });
});

it('takes the credentials nowhere but to the cluster', async () => {
  const { server, proxy } = await proxyOnFake();
  await expect(proxy.fetch('http://127.0.0.1:1/metrics')).rejects.toThrow(
    `http://127.0.0.1:1/metrics is not of ${server.url}; the credentials go nowhere else`,
  );
});

it("gives the pod's answer as fetch does", async () => {
  const { server, proxy } = await proxyOnFake();
  server.next({ url: /proxy/, status: 503, body: { message: 'no endpoints' } });
  const { url = '' } = proxy.urlOf(pod('10.0.0.7:5555')) ?? {};
  const answer = await proxy.fetch(url, { headers: { accept: 'text/plain' } });
  expect(answer).toBeInstanceOf(Response);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toEqual({ message: 'no endpoints' });
  expect(server.requests[0]?.authorization).toBe('Bearer secret');
});
