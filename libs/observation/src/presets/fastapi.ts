import type { Preset } from './preset.ts';

/** Its histogram by handler has three buckets; the one that has many has no labels. */
export const fastapiInstrumentator: Preset = {
  name: 'prometheus-fastapi-instrumentator',
  source:
    'https://github.com/trallnag/prometheus-fastapi-instrumentator/blob/master/src/prometheus_fastapi_instrumentator/metrics.py',
  having: 'http_request_duration_highr_seconds_count',
  requests: ['http_requests_total'],
  status: ['status'],
  latency: [{ metric: 'http_request_duration_highr_seconds' }],
};
