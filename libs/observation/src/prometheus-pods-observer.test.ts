import { describe, expect, it } from 'vitest';
import type { KnownPod } from './known-pods.ts';
import { checkPrometheus, prometheusTargets } from './prometheus-observer.ts';
import { prometheusPodsObserver } from './prometheus-pods-observer.ts';
import { fakePrometheus } from './testing/fake-prometheus.ts';

type Labels = Record<string, string>;

/** Two pods of shop, and the one of its canary; all have the same labels. */
const PODS: readonly KnownPod[] = [
  { name: 'shop-1', release: '1.0.0', addresses: ['10.0.0.1:80'] },
  { name: 'shop-2', release: '1.0.0', addresses: ['10.0.0.2:80'] },
  { name: 'shop-canary-1', release: '2.0.0', addresses: ['10.0.0.3:80'] },
];
const addressOf = (pod: string) => PODS.find(({ name }) => name === pod)?.addresses[0] ?? pod;
const byAnnotation = (pod: string, own: Labels = {}): Labels => ({
  ...{ job: 'kubernetes-pods', instance: addressOf(pod), app: 'shop' },
  ...{ kubernetes_namespace: 'default', kubernetes_pod_name: pod },
  ...own,
});
const byOperator = (pod: string, own: Labels = {}): Labels => ({
  ...{ job: 'shop', instance: addressOf(pod), namespace: 'default', pod },
  ...own,
});
const byAddress = (pod: string): Labels => ({ job: 'static', instance: addressOf(pod) });

const active = (labels: Labels) => ({
  labels,
  scrapeUrl: `http://${labels['instance']!}/metrics`,
  health: 'up',
  lastError: '',
});
const series = (labels: Labels, value: number, name = 'http_requests_total') => ({
  metric: { __name__: name, ...labels, status: '200' },
  values: [[20, String(value)]],
});

async function looked(targets: Labels[], result: object[], pods = PODS, looks = 1) {
  const server = await fakePrometheus({
    '/api/v1/query': { resultType: 'matrix', result },
    '/api/v1/targets': { activeTargets: targets.map(active) },
  });
  const observer = prometheusPodsObserver({
    ...{ url: server.url, namespace: 'default', metrics: ['http_requests_total'] },
    ...{ lookbackSeconds: 30, pods: () => Promise.resolve(pods) },
  });
  let look = await observer.look();
  for (let number = 2; number <= looks; number++) look = await observer.look();
  const counted = look.samples.map((one) => [one.pod, one.release, one.series[0]?.value]);
  const queries = server.asked
    .filter((asked) => asked.startsWith('/api/v1/query'))
    .map((asked) => /quantile="",(.*)\}/.exec(asked)?.[1]);
  return { look, counted, queries, server };
}

describe('prometheusPodsObserver', () => {
  it('asks for nothing where there are no pods, and never for all of a namespace', async () => {
    const { look, queries } = await looked([byAnnotation('cart-1')], [], []);
    expect(look).toMatchObject({ samples: [], targets: [] });
    expect(queries).toEqual([]);
  });

  it('asks for these pods alone, and takes their releases from the platform', async () => {
    const all = ['shop-1', 'shop-2', 'shop-canary-1'].map((pod) => byAnnotation(pod));
    const { look, counted, queries } = await looked(
      all,
      all.map((labels, index) => series(labels, index + 1)),
    );
    expect(queries).toEqual([
      'kubernetes_namespace="default",kubernetes_pod_name=~"shop-1|shop-2|shop-canary-1"',
    ]);
    expect(counted).toEqual([
      ['shop-1', '1.0.0', 1],
      ['shop-2', '1.0.0', 2],
      ['shop-canary-1', '2.0.0', 3],
    ]);
    expect(look.samples[0]).toMatchObject({
      at: 20_000,
      series: [{ labels: { status: '200' } }],
      ownPaths: ['/metrics'],
    });
    expect(look.targets.map(({ pod, release, health }) => [pod, release, health])).toEqual([
      ['shop-1', '1.0.0', 'up'],
      ['shop-2', '1.0.0', 'up'],
      ['shop-canary-1', '2.0.0', 'up'],
    ]);
  });

  it('leaves out what is of another pod, another namespace, or told by an exporter', async () => {
    const exporter = { ...byOperator('shop-1'), job: 'exporter', instance: '10.0.0.9:8080' };
    const others = [
      byOperator('cart-1'),
      byOperator('shop-1', { namespace: 'test', instance: '10.1.0.1:80' }),
      { job: 'node', instance: '10.0.0.2:9100' },
    ];
    const { counted, look } = await looked(
      [byOperator('shop-1'), ...others],
      [...others, exporter, byOperator('shop-1')].map((labels, index) => series(labels, index)),
    );
    expect(counted).toEqual([['shop-1', '1.0.0', 4]]);
    expect(look.targets.map(({ pod }) => pod)).toEqual(['shop-1']);
  });

  it("understands the Prometheus Operator's labels, and asks by them from then on", async () => {
    const labels = byOperator('shop-canary-1');
    const { counted, queries } = await looked([labels], [series(labels, 3)], PODS, 2);
    expect(counted).toEqual([['shop-canary-1', '2.0.0', 3]]);
    const names = '"shop-1|shop-2|shop-canary-1"';
    expect(queries).toEqual([
      `kubernetes_namespace="default",kubernetes_pod_name=~${names}`,
      `namespace="default",pod=~${names}`,
      `namespace="default",pod=~${names}`,
    ]);
  });

  it('finds pods by the very address that is scraped, where no label names them', async () => {
    const labels = byAddress('shop-2');
    const { counted, queries } = await looked([labels], [series(labels, 7)]);
    expect(counted).toEqual([['shop-2', '1.0.0', 7]]);
    expect(queries.at(-1)).toBe(
      String.raw`instance=~"10\\.0\\.0\\.1:80|10\\.0\\.0\\.2:80|10\\.0\\.0\\.3:80"`,
    );
  });

  it('takes names with dots for what they are', async () => {
    const pods = [{ name: 'shop.v1-1', release: '1', addresses: [] }];
    const { queries } = await looked([], [], pods);
    expect(queries[0]).toContain(String.raw`kubernetes_pod_name=~"shop\\.v1-1"`);
  });
});

describe('beside it', () => {
  it('prometheusTargets gives the targets of these pods alone, also by their addresses', async () => {
    const targets = [byAddress('shop-2'), byAnnotation('cart-1'), byAnnotation('shop-1')];
    const { server } = await looked(targets, []);
    const options = { url: server.url, namespace: 'default', pods: () => Promise.resolve(PODS) };
    expect((await prometheusTargets(options)()).map(({ pod }) => pod)).toEqual([
      'shop-1',
      'shop-2',
    ]);
  });

  it('checkPrometheus is content with one that knows the pods by their addresses', async () => {
    const { server } = await looked([byAddress('shop-2')], []);
    await expect(checkPrometheus({ url: server.url })).rejects.toThrow('no target that names');
    await expect(checkPrometheus({ url: server.url }, PODS)).resolves.toBeUndefined();
  });
});
