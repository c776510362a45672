import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { runPromtool } from '@canary/testing';
import { expect, it } from 'vitest';
import { parseParameters, renderObjects, toYaml } from '../index.ts';
import { prometheusConfig } from '../prometheus/config.ts';
import { podMonitor } from './pod-monitor.ts';

const render = (...names: string[]) => renderObjects(names, parseParameters({ scrapeSeconds: 15 }));

interface Relabelling {
  readonly sourceLabels?: readonly string[];
  readonly targetLabel?: string;
  readonly regex?: string;
  readonly replacement?: string;
  readonly action: string;
}

const relabellings = () => {
  const { spec } = podMonitor(parseParameters({})) as unknown as {
    spec: { podMetricsEndpoints: { relabelings: Relabelling[] }[] };
  };
  return spec.podMetricsEndpoints[0]!.relabelings;
};

it('are, for the Prometheus Operator, as a reader would review them', async () => {
  await expect(toYaml(render('podmonitor', 'prometheusrule'))).toMatchFileSnapshot(
    '../golden/operator.yaml',
  );
});

it('fit the schemas of the operator, which notice a field of another type', () => {
  const [monitor, rule] = render('podmonitor', 'prometheusrule');
  const monitorOf = (change: object) =>
    new PodMonitor({ ...monitor, ...change } as ConstructorParameters<typeof PodMonitor>[0]);
  const ruleOf = (change: object) =>
    new PrometheusRule({ ...rule, ...change } as ConstructorParameters<typeof PrometheusRule>[0]);
  for (const model of [monitorOf({}), ruleOf({})]) {
    expect(() => {
      model.validate();
    }).not.toThrow();
  }
  for (const broken of [
    monitorOf({ spec: { selector: {}, podMetricsEndpoints: { interval: '10s' } } }),
    ruleOf({ spec: { groups: [{ name: 'a', rules: [{ record: 'b' }] }] } }),
  ]) {
    expect(() => {
      broken.validate();
    }).toThrow();
  }
});

it('relabel as our own Prometheus does, step by step, and take the labels of the operator away', () => {
  const plain = relabellings().map(({ sourceLabels, targetLabel, ...rest }) => ({
    ...rest,
    ...(sourceLabels ? { source_labels: sourceLabels } : {}),
    ...(targetLabel === undefined ? {} : { target_label: targetLabel }),
  }));
  const { relabel_configs: own } = prometheusConfig(parseParameters({})).scrape_configs[0]!;
  expect(plain.slice(0, own.length)).toEqual(own);
  expect(plain.slice(own.length)).toEqual([
    { action: 'replace', target_label: 'job', replacement: 'kubernetes-pods' },
    { action: 'labeldrop', regex: 'namespace|pod|container|endpoint' },
  ]);
});

it('is a configuration that Prometheus takes, as the operator would write it', async (test) => {
  const folder = await mkdtemp(join(tmpdir(), 'canary-operator-'));
  test.onTestFinished(() => rm(folder, { recursive: true }));
  const file = join(folder, 'prometheus.yml');
  const relabel_configs = [
    // What the operator puts before ours.
    { source_labels: ['__meta_kubernetes_namespace'], target_label: 'namespace' },
    { source_labels: ['__meta_kubernetes_pod_name'], target_label: 'pod' },
    ...relabellings().map(({ sourceLabels, targetLabel, ...rest }) => ({
      ...rest,
      ...(sourceLabels ? { source_labels: sourceLabels } : {}),
      ...(targetLabel === undefined ? {} : { target_label: targetLabel }),
    })),
  ];
  const job_name = 'podMonitor/canary/canary/0';
  const job = { job_name, kubernetes_sd_configs: [{ role: 'pod' }], relabel_configs };
  await writeFile(file, JSON.stringify({ scrape_configs: [job] }));
  expect((await runPromtool(test, ['check', 'config', file])).exitCode).toBe(0);
});
