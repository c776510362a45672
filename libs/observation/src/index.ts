/** What the pods of a release counted, and whether they can be scraped: directly, or through Prometheus. */
export { directObserver } from './direct-observer.ts';
export type { DirectObserverOptions, ReleasedPod } from './direct-observer.ts';
export { podUrl, scrapeAnnotations, scrapedAt } from './scrape-annotations.ts';
export type { ScrapeAnnotations, ScrapeUrl, ScrapeWish } from './scrape-annotations.ts';
export { gatedObserver } from './gated-observer.ts';
export { checkPrometheus, prometheusObserver, prometheusTargets } from './prometheus-observer.ts';
export type { PrometheusObserverOptions } from './prometheus-observer.ts';
export { prometheusPodsObserver } from './prometheus-pods-observer.ts';
export type { PrometheusPodsOptions } from './prometheus-pods-observer.ts';
export type { KnownPod, KnownPods } from './known-pods.ts';
export { podOfTarget } from './target-labels.ts';
export { prometheusApi } from './prometheus-api.ts';
export type {
  ActiveTarget,
  PrometheusApi,
  PrometheusApiOptions,
  QueryResult,
} from './prometheus-api.ts';
export { detectedSeries, detectMetrics, type Detected } from './presets/detect-metrics.ts';
export { exposedBy, type Exposed } from './presets/exposed.ts';
export type { FoundLatency } from './presets/find-latency.ts';
export type { FoundRequests } from './presets/find-requests.ts';
export type { Ignored } from './presets/ignored.ts';
export { PRESETS } from './presets/all-presets.ts';
export type { Preset } from './presets/preset.ts';
