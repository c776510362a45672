import { ConflictError } from '@canary/rollout';
import { expect, it, onTestFinished } from 'vitest';
import { fakeApiServer } from './testing/fake-api-server.ts';
import { connectCluster } from './cluster.ts';
import { configMapStore } from './config-map-store.ts';

async function storeOnFake() {
  const server = await fakeApiServer();
  const cluster = connectCluster({ kubeconfig: server.kubeconfig });
  onTestFinished(() => cluster.close());
  return { server, store: configMapStore({ cluster, namespace: 'canary' }) };
}

it('says how large a value is that is too large', async () => {
  const { store, server } = await storeOnFake();
  await expect(store.save('myapp', 'x'.repeat(1_048_575), undefined)).rejects.toThrow(
    'cannot save "myapp" in ConfigMap canary/canary-myapp: it has 1048577 bytes and a ConfigMap holds 1048576 (1 MiB); keep less in it',
  );
  expect(server.requests).toEqual([]);
});

it('rejects a value that is no JSON', async () => {
  const { store } = await storeOnFake();
  await expect(store.save('myapp', undefined, undefined)).rejects.toThrow(
    'a value of type undefined is no JSON',
  );
});

it('says of a ConfigMap that someone edited that it is no JSON', async () => {
  const { store, server } = await storeOnFake();
  const body = { metadata: { resourceVersion: '5' }, data: { 'value.json': '{"half' } };
  server.next({ url: /configmaps/, status: 200, body });
  await expect(store.load('myapp')).rejects.toThrow(
    'cannot load "myapp" from ConfigMap canary/canary-myapp: its value.json is no JSON, so it was not saved by canary or was edited; mend or delete it',
  );
});

it.each([
  ['made', undefined, 409, 'someone else saved it meanwhile'],
  ['changed', '5', 409, 'someone else saved it meanwhile'],
  ['removed', '5', 404, 'someone else removed it meanwhile'],
])('conflicts where someone else has %s it', async (_, version, status, message) => {
  const { store, server } = await storeOnFake();
  const method = version === undefined ? 'POST' : 'PUT';
  server.next({ method, url: /configmaps/, status });
  const saved = store.save('myapp', {}, version);
  await expect(saved).rejects.toThrow(ConflictError);
  await expect(saved).rejects.toThrow(message);
});

it('says of a namespace that is not there that it is not', async () => {
  const { store, server } = await storeOnFake();
  const body = { message: 'namespaces "canary" not found' };
  server.next({ url: /configmaps/, status: 404, body });
  await expect(store.save('myapp', {}, undefined)).rejects.toThrow('namespaces "canary" not found');
});

it('has a ConfigMap of its own for every key, whatever the key', async () => {
  const { store, server } = await storeOnFake();
  const keys = ['myapp', 'my/app', 'my.app', 'My-App', 'my-app', '', 'ä', 'x'.repeat(300)];
  for (const key of keys) {
    server.next({ url: /configmaps/, status: 404 });
    await store.load(key);
  }
  const names = server.requests.map(({ url }) => url.split('/').at(-1) ?? '');
  expect(new Set(names).size).toBe(keys.length);
  for (const name of names)
    expect(name).toMatch(/^(?=.{1,253}$)canary-[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);
});

it('says of a watch that is refused what may not be done', async () => {
  const { store, server } = await storeOnFake();
  const message =
    'User "me" cannot list resource "configmaps" in API group "" in the namespace "canary"';
  server.next({ url: /configmaps/, status: 403, body: { message } });
  const watch = store.watch('myapp', new AbortController().signal)[Symbol.asyncIterator]();
  await expect(watch.next()).rejects.toThrow(
    'cannot watch "myapp" in ConfigMap canary/canary-myapp: the user "me" may not list configmaps',
  );
});

it('tells of every change of the one key, and asks for nothing meanwhile', async () => {
  const { store, server } = await storeOnFake();
  const stop = new AbortController();
  let told = 0;
  const over = (async () => {
    const watch = store.watch('myapp', stop.signal)[Symbol.asyncIterator]();
    while (!(await watch.next()).done) told++;
  })();
  await expect.poll(() => told).toBe(1);
  await expect.poll(() => server.watches()).toBe(1);
  const before = server.requests.length;
  server.put('configmaps', { metadata: { name: 'canary-other' } });
  server.put('configmaps', { metadata: { name: 'canary-myapp' } });
  await expect.poll(() => told).toBe(2);
  server.remove('configmaps', 'canary-myapp');
  await expect.poll(() => told).toBe(3);
  expect(server.requests).toHaveLength(before);
  stop.abort();
  await over;
});
