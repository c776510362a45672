import { setTimeout as after } from 'node:timers/promises';
import { fakeApiServer, type FakeApiServer } from '@canary/kubernetes/testing';
import { expect, it, onTestFinished } from 'vitest';
import { kubernetesSite } from '../site/kubernetes-site.ts';
import type { Site } from '../site/site.ts';
import { viewingObserver } from '../site/viewing-observer.ts';
import { deployment, startedRecord } from '../testing/objects.ts';
import { UNNAMED } from '../testing/fake-site.ts';
import { dashboardFeed } from './dashboard-feed.ts';

const IDLE_MS = 3000;
const selector = { namespace: 'canary', labels: { appname: 'myapp' } };

/** Two releases of five pods each, beside 200 other pods, and a record of usual size. */
async function busyNamespace(): Promise<FakeApiServer> {
  const server = await fakeApiServer();
  const pod = (name: string, labels: object) => {
    server.put('pods', {
      metadata: { name, labels },
      spec: { containers: [], volumes: ['x'.repeat(8000)] },
    });
  };
  for (let i = 0; i < 200; i++) pod(`other-${i}`, { app: `other-${i}` });
  for (const version of ['1.0.0', '2.0.0']) {
    const { metadata, ...rest } = deployment(version, 5);
    server.put('deployments', { ...rest, metadata: { ...metadata, uid: version } });
    for (let i = 0; i < 5; i++) pod(`${metadata.name}-${i}`, metadata.labels ?? {});
  }
  save(server, 'before');
  return server;
}

function save(server: FakeApiServer, id: string): void {
  const record = { ...startedRecord({ id }), judge: 'x'.repeat(20_000) };
  server.put('configmaps', {
    metadata: { name: 'canary-myapp' },
    data: { 'value.json': JSON.stringify(record) },
  });
}

/** The page's feed, once it has seen all; `change` takes from the site what it is to do without. */
async function watching(server: FakeApiServer, change: (site: Site) => Site = (site) => site) {
  const ending = new AbortController();
  const { kubeconfig } = server;
  const options = { on: 'kubernetes', namespace: 'canary', context: undefined } as const;
  const site = change(kubernetesSite({ ...options, kubeconfig }));
  const place = { site, app: 'myapp', selector, target: undefined, names: UNNAMED };
  const feed = await dashboardFeed(place, { readOnly: true, signal: ending.signal });
  onTestFinished(async () => {
    ending.abort();
    await site.close();
  });
  await expect.poll(() => feed.view().pods.length, { timeout: 5000 }).toBe(10);
  await expect.poll(() => feed.view().status.rollout?.id, { timeout: 5000 }).toBe('before');
  // All that is asked once, at the start.
  await after(1000);
  return feed;
}

/** What it costs while nothing happens. */
async function idleCost(server: FakeApiServer) {
  const before = { requests: server.requests.length, bytes: server.sent() };
  await after(IDLE_MS);
  return {
    requestsPerSecond: ((server.requests.length - before.requests) / IDLE_MS) * 1000,
    bytesPerSecond: ((server.sent() - before.bytes) / IDLE_MS) * 1000,
  };
}

it('a page of ten pods beside 200 others costs hardly anything while nothing happens', async () => {
  const server = await busyNamespace();
  await watching(server);
  const { requestsPerSecond, bytesPerSecond } = await idleCost(server);
  expect(requestsPerSecond).toBeLessThan(2);
  expect(bytesPerSecond).toBeLessThan(20_000);
}, 20_000);

it('it costs more where nothing may be watched for the record and the looks, and shows the same', async () => {
  const server = await busyNamespace();
  await watching(server, (site) => {
    const watch = () => {
      throw new Error('you may not watch configmaps');
    };
    const store = { ...site.store, watch };
    const observer: Site['observer'] = (_, view) =>
      Promise.resolve(
        viewingObserver({ sight: site.platform, selector, view, prometheus: undefined }),
      );
    return { ...site, store, observer };
  });
  const { requestsPerSecond, bytesPerSecond } = await idleCost(server);
  expect(requestsPerSecond).toBeGreaterThan(2);
  expect(bytesPerSecond).toBeGreaterThan(20_000);
}, 20_000);

it('a change of the record is shown within 300 ms', async () => {
  const server = await busyNamespace();
  const feed = await watching(server);
  const news = new Promise<number>((resolve) => {
    feed.subscribe((one) => {
      if (one.kind === 'view' && one.view.status.rollout?.id === 'after') resolve(Date.now());
    });
  });
  const at = Date.now();
  save(server, 'after');
  expect((await news) - at).toBeLessThan(300);
}, 20_000);
