import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { workload } from '../testing/objects.ts';
import { viewingObserver } from './viewing-observer.ts';

const NAMES = ['shop', 'shop-canary'];
const POD = { namespace: 'shop', job: 'shop', instance: '10.0.0.1:80' };

/** A Prometheus that scrapes one pod of each of two Deployments, and one of another. */
async function prometheus(pods: readonly string[]) {
  const labelled = pods.map((pod) => ({ ...POD, pod }));
  const series = labelled.map((labels) => ({
    metric: { __name__: 'http_requests_total', ...labels },
    values: [[20, '1']],
  }));
  const targets = labelled.map((labels) => {
    return { labels, scrapeUrl: 'http://10.0.0.1/metrics', health: 'up', lastError: '' };
  });
  const server = createServer((request, response) => {
    const isQuery = request.url?.startsWith('/api/v1/query') ?? false;
    const data = isQuery ? { resultType: 'matrix', result: series } : { activeTargets: targets };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ status: 'success', data }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

it('finds the pods of a release in place by their names, under the releases of the platform', async () => {
  const workloads = NAMES.map((name, index) => ({
    ...workload('1.0.0', 1, (pod) => ({ ...pod, name: `${name}-1` })),
    ref: { namespace: 'shop', name },
    release: index === 0 ? '1.0.0' : '2.0.0',
  }));
  const sight = { list: () => Promise.resolve(workloads) };
  const observer = viewingObserver({
    sight,
    selector: { namespace: 'shop', labels: {}, names: NAMES },
    view: { source: 'prometheus' },
    prometheus: await prometheus(['shop-1', 'shop-canary-1', 'cart-1']),
  });
  const { samples, targets } = await observer.look();
  const expected = [
    ['shop-1', '1.0.0'],
    ['shop-canary-1', '2.0.0'],
  ];
  expect(samples.map(({ pod, release }) => [pod, release])).toEqual(expected);
  expect(samples[0]).toMatchObject({ ready: true, restarts: 0 });
  expect(targets.map(({ pod, release }) => [pod, release])).toEqual(expected);
});
