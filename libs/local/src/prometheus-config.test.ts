import { expect, it } from 'vitest';
import { withLocalDiscovery } from './prometheus-config.ts';

const url = 'http://127.0.0.1:1234/pods';

it('names the job whose role it does not have', () => {
  const yaml = 'scrape_configs: [{job_name: nodes, kubernetes_sd_configs: [{role: node}]}]';
  expect(() => withLocalDiscovery(yaml, url)).toThrow(
    'Job nodes discovers the role node, which the embedded platform does not have; leave the job out, or use the role pod',
  );
});

it('names the job that discovers by selectors', () => {
  const yaml =
    'scrape_configs: [{job_name: pods, kubernetes_sd_configs: [{role: pod, selectors: [{role: pod, label: a=b}]}]}]';
  expect(() => withLocalDiscovery(yaml, url)).toThrow('Job pods discovers by selectors');
});

it('says where the configuration is not YAML', () => {
  expect(() => withLocalDiscovery('scrape_configs: [', url)).toThrow('is not YAML; correct it: ');
});

it('leaves a configuration without jobs as it is', () => {
  expect(withLocalDiscovery('global: {scrape_interval: 10s}\n', url)).toBe(
    'global: {scrape_interval: 10s}\n',
  );
});

it('changes where pods are found, and nothing else', () => {
  const yaml = `# kept
global:
  scrape_interval: 10s
scrape_configs:
  - job_name: prometheus
    static_configs:
      - targets: [localhost:9090]
  - job_name: kubernetes-pods
    kubernetes_sd_configs:
      - role: pod
      - role: pod
        namespaces: { names: [shop, bank] }
    relabel_configs:
      - source_labels: [__meta_kubernetes_pod_annotation_prometheus_io_scrape] # kept too
        action: keep
        regex: true
`;
  expect(withLocalDiscovery(yaml, url)).toMatchInlineSnapshot(`
    "# kept
    global:
      scrape_interval: 10s
    scrape_configs:
      - job_name: prometheus
        static_configs:
          - targets: [ localhost:9090 ]
      - job_name: kubernetes-pods
        relabel_configs:
          - source_labels: [ __meta_kubernetes_pod_annotation_prometheus_io_scrape ] # kept too
            action: keep
            regex: true
        http_sd_configs:
          - url: http://127.0.0.1:1234/pods
            refresh_interval: 1s
          - url: http://127.0.0.1:1234/pods?namespace=shop&namespace=bank
            refresh_interval: 1s
    "
  `);
});
