import { fileURLToPath } from 'node:url';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

/** The suite's own cluster; an older one of that name is deleted first. */
export const cluster = 'canary-e2e';
/** How to reach it; the user's own kubeconfig stays as it is. */
export const kubeconfig = path('../dist/kubeconfig');
/** Where the graph of the release is kept. */
export const graphFile = path('../dist/release.svg');
export const namespace = 'canary';

/** Images made here, by the folder that each is built from. */
export const builtImages = [
  { tag: 'myapp:v1.0', context: path('../../../apps/myapp') },
  { tag: 'canary:0.1.0', context: path('../../../apps/canary') },
  // A stranger's service at two versions, and what stands before it.
  { tag: 'registry.example/shop:1.0.0', context: path('../shop') },
  { tag: 'registry.example/shop:2.0.0', context: path('../shop') },
  { tag: 'registry.example/proxy:7.2', context: path('../proxy') },
] as const;

/** Images made elsewhere; the environment says where they are taken from. */
export const pulledImages = {
  prometheus: process.env['PROMETHEUS_IMAGE'] ?? 'prom/prometheus:v3.5.3',
  tomcat: process.env['TOMCAT_IMAGE'] ?? 'tomcat:10.1',
};
/** Used where it can be had. */
export const grafanaImage = process.env['GRAFANA_IMAGE'] ?? 'grafana/grafana:12.2.0';
export const nodeImage = process.env['NODE_IMAGE'];
export const kindNodeImage = process.env['KIND_NODE_IMAGE'];
export const keepCluster = process.env['KEEP_CLUSTER'] === '1';
