import { systemClock } from '@canary/runtime';
import { expect, it, onTestFinished } from 'vitest';
import { fakeApiServer, type FakeApiServer } from './testing/fake-api-server.ts';
import { connectCluster } from './cluster.ts';
import { watchWorkloads } from './watch-workloads.ts';

const quick = { clock: systemClock, first: 20, longest: 100 };
const deployment = (replicas: number) => ({
  metadata: { name: 'web', namespace: 'canary', labels: { app: 'web' } },
  spec: { replicas, selector: { matchLabels: { app: 'web' } }, template: {} },
});
const pod = (name: string, status: object = {}) => ({
  metadata: { name, labels: { app: 'web' } },
  spec: { containers: [] },
  status,
});

/** A watch of the fake server, and all that it has yielded: replicas asked for, and the pods. */
function watching(server: FakeApiServer) {
  const cluster = connectCluster({ kubeconfig: server.kubeconfig });
  const stop = new AbortController();
  const seen: string[] = [];
  const selector = { namespace: 'canary', labels: { app: 'web' } };
  const over = (async () => {
    for await (const [workload] of watchWorkloads(cluster, selector, stop.signal, quick))
      seen.push(
        workload ? `${workload.replicas}: ${workload.pods.map((p) => p.name).join()}` : 'gone',
      );
  })();
  over.catch(() => undefined);
  onTestFinished(async () => {
    stop.abort();
    await over.catch(() => undefined);
    await cluster.close();
  });
  return {
    cluster,
    seen,
    stop,
    over,
    sees: (state: string) => expect.poll(() => seen.at(-1)).toBe(state),
  };
}

async function watchingOnePod() {
  const server = await fakeApiServer();
  server.put('deployments', deployment(1));
  server.put('pods', pod('a'));
  const watch = watching(server);
  await watch.sees('1: a');
  await expect.poll(() => server.watches()).toBe(2);
  return { server, ...watch };
}

const lists = (server: FakeApiServer) =>
  server.requests.filter(({ url }) => url.includes('/pods') && !url.includes('watch')).length;

it('rejects at once where the first list is refused', async () => {
  const server = await fakeApiServer();
  server.put('deployments', deployment(1));
  server.next({
    url: /pods/,
    status: 403,
    body: {
      message: 'User "me" cannot list resource "pods" in API group "" in the namespace "canary"',
    },
  });
  const { over } = watching(server);
  await expect(over).rejects.toThrow(
    'cannot watch the Deployments labelled app=web in namespace canary and their pods: the user "me" may not list pods in namespace canary',
  );
  await expect.poll(() => server.watches()).toBe(0);
});

it('rejects at once where the server is not there', async () => {
  const server = await fakeApiServer();
  await server.down();
  const { over } = watching(server);
  await expect(over).rejects.toThrow(`the API server at ${server.url} does not answer`);
  await server.up();
});

it('shows every change, and nothing where none shows', async () => {
  const { server, seen, sees } = await watchingOnePod();
  server.put('pods', pod('a', { hostIP: '10.0.0.1' }));
  server.event({ type: 'BOOKMARK', object: { metadata: { resourceVersion: '500' } } });
  server.put('deployments', deployment(2));
  await sees('2: a');
  server.put('pods', pod('b'));
  await sees('2: a,b');
  server.remove('pods', 'a');
  await sees('2: b');
  server.remove('deployments', 'web');
  await sees('gone');
  expect(seen).toEqual(['1: a', '2: a', '2: a,b', '2: b', 'gone']);
});

it('shows changes that come together at once', async () => {
  const { server, seen, sees } = await watchingOnePod();
  server.put('deployments', deployment(2));
  for (const name of ['b', 'c', 'd']) server.put('pods', pod(name));
  await sees('2: a,b,c,d');
  expect(seen).toHaveLength(2);
});

it('goes on where it was when the connection is cut', async () => {
  const { server, seen, sees } = await watchingOnePod();
  server.cut();
  server.put('pods', pod('b'));
  await sees('1: a,b');
  expect(lists(server)).toBe(1);
  expect(seen).toHaveLength(2);
});

it('goes on from the last bookmark', async () => {
  const { server } = await watchingOnePod();
  const bookmark = { type: 'BOOKMARK', object: { metadata: { resourceVersion: '500' } } };
  const resumed = () =>
    ['/pods?', '/deployments?'].map((what) =>
      server.requests.some(({ url }) => url.includes(what) && url.includes('resourceVersion=500')),
    );
  let looks = 0;
  await expect
    .poll(() => {
      if (looks++ % 2 === 0) server.event(bookmark);
      else server.cut();
      return resumed();
    })
    .toEqual([true, true]);
});

it.each([
  [
    'an event',
    (server: FakeApiServer) => {
      server.event({ type: 'ERROR', object: { code: 410, message: 'too old resource version' } });
    },
  ],
  [
    'its answer',
    (server: FakeApiServer) => {
      for (const what of [/pods\?.*watch/, /deployments\?.*watch/])
        server.next({ url: what, status: 410, body: { message: 'too old resource version' } });
      server.cut();
    },
  ],
])('lists anew when the server says by %s that it has forgotten', async (_, forget) => {
  const { server, seen, sees } = await watchingOnePod();
  forget(server);
  await expect.poll(() => lists(server)).toBe(2);
  await expect.poll(() => server.watches()).toBe(2);
  expect(seen).toEqual(['1: a']);
  server.remove('pods', 'a');
  await sees('1: ');
});

it('waits for a server that is gone, with longer pauses, and shows what changed meanwhile', async () => {
  const { server, sees } = await watchingOnePod();
  await server.down();
  server.remove('pods', 'a');
  server.put('pods', pod('b'));
  // What was kept of the past is gone with the server.
  for (const what of [/pods\?.*watch/, /deployments\?.*watch/])
    server.next({ url: what, status: 410 });
  await server.up();
  await sees('1: b');
});

it('bears with refusals of a server that is starting, and gives up on one that goes on', async () => {
  const { server, sees, over } = await watchingOnePod();
  for (let i = 0; i < 4; i++) server.next({ url: /pods\?.*watch/, status: 401 });
  server.cut();
  await expect.poll(() => server.watches()).toBe(2);
  server.put('pods', pod('b'));
  await sees('1: a,b');
  for (let i = 0; i < 20; i++) server.next({ url: /pods\?.*watch/, status: 401 });
  server.cut();
  await expect(over).rejects.toThrow('the API server does not accept the credentials');
});

it('ends, and leaves no connection open, when it is aborted', async () => {
  const { server, stop, over, seen } = await watchingOnePod();
  stop.abort();
  await over;
  await expect.poll(() => server.watches()).toBe(0);
  expect(seen).toEqual(['1: a']);
});

it('ends with an error when the connection to the cluster is closed', async () => {
  const { server, cluster, over } = await watchingOnePod();
  await cluster.close();
  await expect(over).rejects.toThrow(`the connection to ${server.url} was closed`);
});

it('ends when the reader stops reading', async () => {
  const server = await fakeApiServer();
  const cluster = connectCluster({ kubeconfig: server.kubeconfig });
  const selector = { namespace: 'canary', labels: {} };
  const { signal } = new AbortController();
  for await (const workloads of watchWorkloads(cluster, selector, signal, quick)) {
    expect(workloads).toEqual([]);
    break;
  }
  await expect.poll(() => server.watches()).toBe(0);
  await cluster.close();
});
