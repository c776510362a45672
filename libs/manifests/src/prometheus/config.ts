import type { Parameters } from '../parameters.ts';
import { RULES_FILE } from './names.ts';

/** The job that finds the pods. */
export const POD_JOB = 'kubernetes-pods';

/** One step of Prometheus' relabelling. */
export interface Relabelling {
  readonly action: 'keep' | 'drop' | 'replace' | 'labelmap';
  readonly source_labels?: readonly string[];
  readonly regex?: string;
  readonly replacement?: string;
  readonly target_label?: string;
}

/** Keeps the annotated pods, takes path and port from the annotations, and the pod's labels along. */
export const podRelabelling: readonly Relabelling[] = [
  {
    action: 'keep',
    source_labels: ['__meta_kubernetes_pod_annotation_prometheus_io_scrape'],
    regex: 'true',
  },
  {
    // A Job's pod that has ended keeps its address and answers nobody: it is not DOWN.
    action: 'drop',
    source_labels: ['__meta_kubernetes_pod_phase'],
    regex: 'Succeeded|Failed',
  },
  {
    action: 'replace',
    source_labels: ['__meta_kubernetes_pod_annotation_prometheus_io_path'],
    regex: '(.+)',
    target_label: '__metrics_path__',
  },
  {
    action: 'replace',
    source_labels: ['__address__', '__meta_kubernetes_pod_annotation_prometheus_io_port'],
    regex: String.raw`([^:]+)(?::\d+)?;(\d+)`,
    replacement: '$1:$2',
    target_label: '__address__',
  },
  { action: 'labelmap', regex: '__meta_kubernetes_pod_label_(.+)' },
  {
    action: 'replace',
    source_labels: ['__meta_kubernetes_namespace'],
    target_label: 'kubernetes_namespace',
  },
  {
    action: 'replace',
    source_labels: ['__meta_kubernetes_pod_name'],
    target_label: 'kubernetes_pod_name',
  },
];

/**
 * The article's Prometheus configuration: every pod that is annotated for scraping is a target,
 * at the port and path that it names, with the pod's own labels on what is scraped from it.
 */
export function prometheusConfig({ scrapeSeconds }: Parameters) {
  return {
    global: { scrape_interval: `${scrapeSeconds}s`, evaluation_interval: '30s' },
    // Relative to the configuration's own folder.
    rule_files: [RULES_FILE],
    scrape_configs: [
      {
        job_name: POD_JOB,
        kubernetes_sd_configs: [{ role: 'pod' }],
        relabel_configs: podRelabelling,
      },
    ],
  };
}
