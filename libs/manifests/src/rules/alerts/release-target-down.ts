import { runbook, type AlertingRule } from '../rule.ts';

/** A pod that asks to be scraped and cannot be: what it does is in no graph, and nothing judges it. */
export const releaseTargetDown: AlertingRule = {
  alert: 'ReleaseTargetDown',
  expr: 'up{release!=""} == 0',
  for: '1m',
  labels: { severity: 'warning' },
  annotations: {
    summary: 'Prometheus cannot scrape {{ $labels.kubernetes_pod_name }}',
    description:
      'The target {{ $labels.instance }} of {{ $labels.appname }} {{ $labels.release }} has been DOWN for a minute: it is annotated for scraping and does not answer with metrics. A canary is not promoted meanwhile.',
    runbook: runbook('ReleaseTargetDown'),
  },
};
