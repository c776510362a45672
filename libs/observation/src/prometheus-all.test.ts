import { expect, it } from 'vitest';
import { prometheusObserver } from './prometheus-observer.ts';
import { fakePrometheus } from './testing/fake-prometheus.ts';

const target = {
  job: 'pods',
  instance: 'a:5555',
  kubernetes_namespace: 'default',
  kubernetes_pod_name: 'a',
  appname: 'shop',
  release: '1.0.0',
};
const series = (name: string, labels: object, seconds: number) => ({
  metric: { __name__: name, ...labels },
  values: [[seconds, '7']],
});

it('gives all that the pods expose, and not what rules and exporters say of them', async () => {
  const { url, asked } = await fakePrometheus({
    '/api/v1/query': {
      resultType: 'matrix',
      result: [
        series('shop_requests_total', { ...target, code: '200' }, 20),
        series('pod:cpu:rate5m', { ...target, instance: 'kubelet:10250' }, 25),
      ],
    },
    '/api/v1/targets': {
      activeTargets: [
        { labels: target, scrapeUrl: 'http://a:5555/metrics', health: 'up', lastError: '' },
      ],
    },
  });
  const observer = prometheusObserver({
    ...{ url, namespace: 'default', selector: { appname: 'shop' } },
    ...{ metrics: 'all', lookbackSeconds: 30 },
  });
  const { samples } = await observer.look();
  expect(asked.sort()[0]).toContain(
    '{__name__!="",quantile="",kubernetes_namespace="default",appname="shop"}',
  );
  expect(samples.map(({ series }) => series)).toEqual([
    [{ name: 'shop_requests_total', labels: { code: '200' }, value: 7 }],
  ]);
});
