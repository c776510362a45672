/** Prometheus metrics for a Hono app: declared as data, counted in plain arrays, formatted by prom-client. */
export { httpMetrics } from './http-metrics.ts';
export type { HttpMetrics, HttpMetricsOptions } from './http-metrics.ts';
export { metricDefinitions, UNMATCHED } from './definitions.ts';
export type { MetricDefinition } from './definitions.ts';
export type { KnownRoute } from './request-counts.ts';
export { readOnCollect } from './read-on-collect.ts';
export type { Sample } from './read-on-collect.ts';
