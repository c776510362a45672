import type { Preset } from './preset.ts';

/**
 * Requests are counted before and after the middlewares, and by method, transport, view and status. A
 * view that throws is timed twice where they are timed by view, and once with the middlewares.
 */
export const django: Preset = {
  name: 'django-prometheus',
  source:
    'https://github.com/django-commons/django-prometheus/blob/master/django_prometheus/middleware.py',
  requests: [
    'django_http_responses_total_by_status_view_method_total',
    'django_http_responses_total_by_status_total',
  ],
  status: ['status'],
  where: ['view!="prometheus-django-metrics"'],
  latency: [{ metric: 'django_http_requests_latency_including_middlewares_seconds' }],
};
