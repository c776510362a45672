import { expect, it, onTestFinished } from 'vitest';
import { fakeApiServer, type FakeApiServer } from './testing/fake-api-server.ts';
import { connectCluster } from './cluster.ts';
import { listWorkloads } from './list-workloads.ts';
import { watchWorkloads } from './watch-workloads.ts';

const selector = { namespace: 'canary', labels: { app: 'shop' } };
const labelsOf = (release: string) => ({ app: 'shop', release });
const deployment = (release: string) => ({
  metadata: { name: `shop-${release}`, namespace: 'canary', labels: labelsOf(release) },
  spec: { replicas: 5, selector: { matchLabels: labelsOf(release) }, template: {} },
});
/** As large as a usual one: some 8 kB. */
const pod = (name: string, labels: Record<string, string>, more: object = {}) => ({
  metadata: { name, labels, managedFields: [{ fieldsV1: 'x'.repeat(4000) }] },
  spec: { containers: [], volumes: ['x'.repeat(4000)] },
  status: more,
});
const POD_BYTES = JSON.stringify(pod('shop-v1-0', labelsOf('v1'))).length;

/** Two releases of five pods, beside 200 other pods of the namespace. */
async function busyNamespace() {
  const server = await fakeApiServer();
  for (let i = 0; i < 200; i++) server.put('pods', pod(`other-${i}`, { app: `other-${i}` }));
  for (const release of ['v1', 'v2']) {
    server.put('deployments', deployment(release));
    for (let i = 0; i < 5; i++) server.put('pods', pod(`shop-${release}-${i}`, labelsOf(release)));
  }
  const cluster = connectCluster({ kubeconfig: server.kubeconfig });
  onTestFinished(() => cluster.close());
  return { server, cluster };
}

/** What a watch shows: how many pods each release has. */
async function watched() {
  const { server, cluster } = await busyNamespace();
  const stop = new AbortController();
  const seen: string[] = [];
  const over = (async () => {
    for await (const workloads of watchWorkloads(cluster, selector, stop.signal))
      seen.push(workloads.map(({ ref, pods }) => `${ref.name} ${pods.length}`).join());
  })();
  onTestFinished(async () => {
    stop.abort();
    await over;
  });
  const sees = (state: string) => expect.poll(() => seen.at(-1), { timeout: 10_000 }).toBe(state);
  await sees('shop-v1 5,shop-v2 5');
  await expect.poll(() => server.watches()).toBe(2);
  return { server, seen, sees };
}

/** What is asked and sent until all that was sent before has arrived. */
async function costOf(server: FakeApiServer, work: () => void) {
  const before = { requests: server.requests.length, bytes: server.sent() };
  work();
  await new Promise((resolve) => setTimeout(resolve, 300));
  return {
    requests: server.requests.length - before.requests,
    bytes: server.sent() - before.bytes,
  };
}

it('lists with two requests, and the pods of the app alone', async () => {
  const { server, cluster } = await busyNamespace();
  const workloads = await listWorkloads(cluster, selector);
  expect(workloads.map(({ pods }) => pods.length)).toEqual([5, 5]);
  expect(server.requests).toHaveLength(2);
  expect(server.sent()).toBeLessThan(10 * POD_BYTES * 1.1);
});

it('begins to watch with the pods of the app alone', async () => {
  const { server } = await watched();
  expect(server.requests).toHaveLength(4);
  expect(server.sent()).toBeLessThan(10 * POD_BYTES * 1.1);
});

it('costs nothing while nothing of the app changes, but bookmarks', async () => {
  const { server } = await watched();
  const others = await costOf(server, () => {
    for (let i = 0; i < 200; i++)
      server.put('pods', pod(`other-${i}`, { app: `other-${i}` }, { i }));
  });
  expect(others).toEqual({ requests: 0, bytes: 0 });
  const bookmark = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '900' } } };
  const { requests, bytes } = await costOf(server, () => {
    server.event(bookmark);
  });
  expect(requests).toBe(0);
  // One for each of the two watches, with a chunk's own length.
  expect(bytes).toBe(2 * (JSON.stringify(bookmark).length + '\n'.length + '3f\r\n\r\n'.length));
});

it('costs one event where one pod changes', async () => {
  const { server, sees } = await watched();
  const { requests, bytes } = await costOf(server, () => {
    server.put('pods', pod('shop-v2-5', labelsOf('v2')));
  });
  await sees('shop-v1 5,shop-v2 6');
  expect(requests).toBe(0);
  expect(bytes).toBeLessThan(POD_BYTES * 1.1);
});

it('never shows a Deployment that comes without the pods that it has', async () => {
  const { server, seen, sees } = await watched();
  server.put('pods', pod('shop-v3-0', labelsOf('v3')));
  // The list of its pods takes a while.
  server.next({ url: /pods/, status: 429, headers: { 'retry-after': '1' } });
  server.put('deployments', deployment('v3'));
  await sees('shop-v1 5,shop-v2 5,shop-v3 1');
  expect(seen).toEqual(['shop-v1 5,shop-v2 5', 'shop-v1 5,shop-v2 5,shop-v3 1']);
});

it('asks for nothing where a Deployment goes, or comes back', async () => {
  const { server, sees } = await watched();
  const { requests } = await costOf(server, () => {
    server.remove('deployments', 'shop-v1');
  });
  await sees('shop-v2 5');
  expect(requests).toBe(0);
  server.put('deployments', deployment('v1'));
  await sees('shop-v1 5,shop-v2 5');
  expect(server.requests).toHaveLength(4);
});
