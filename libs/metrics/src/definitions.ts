/** One metric, as data: everything but its values. */
export interface MetricDefinition {
  /** Full name, with its unit and, for a counter, `_total`. */
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram' | 'summary';
  /** Label names in the order in which they are written. */
  readonly labels: readonly string[];
}

/** The `endpoint` label of every request that no route matched, so that labels stay bounded. */
export const UNMATCHED = 'unmatched';

/** What a service under release exposes about its requests, and about itself. */
export const metricDefinitions = {
  requests: {
    name: 'http_requests_total',
    help: 'Requests answered, by method, route pattern and status code.',
    type: 'counter',
    labels: ['method', 'endpoint', 'status'],
  },
  processing: {
    name: 'request_processing_seconds',
    help: 'Time spent processing requests, in seconds.',
    type: 'summary',
    labels: [],
  },
  duration: {
    name: 'http_request_duration_seconds',
    help: 'Time from the arrival of a request to its response, in seconds.',
    type: 'histogram',
    labels: ['method', 'endpoint'],
  },
  inFlight: {
    name: 'http_requests_in_flight',
    help: 'Requests that have arrived and are not answered yet, by method and route pattern.',
    type: 'gauge',
    labels: ['method', 'endpoint'],
  },
  info: {
    name: 'app_info',
    help: 'Always 1; the version of the app that answers is in the label.',
    type: 'gauge',
    labels: ['version'],
  },
} as const satisfies Record<string, MetricDefinition>;

/**
 * Upper bounds of the duration buckets, in seconds: fine enough to tell "20 % slower" around the
 * usual response times of a web service, few enough for hundreds of pods.
 */
export const durationBuckets: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.5, 2.5, 5, 10,
];
