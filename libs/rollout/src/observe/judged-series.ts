import { bucketBound, type Metric, type SeriesClass, type SeriesName } from '@canary/judge';
import { statusRule, type StatusRule } from './status-rule.ts';
import { whereOf, type Where } from './where.ts';

/** Which series are judged. */
export interface JudgedSeries {
  /** Counts requests by status; `http_requests_total` by default. */
  readonly requests?: string;
  /** Its label that tells how a request went; `status` by default. */
  readonly statusLabel?: string;
  /**
   * Where no label tells how a request went, and each status has a counter of its own: their names with
   * the status that each stands for, such as `{ app_5xx_responses_total: '5xx' }`. They are counted then,
   * and `requests` is what people call them all.
   */
  readonly statusNames?: Readonly<Record<string, string>>;
  /** Regular expression for the status of a failed request; by default the rule of {@link statusRule}. */
  readonly errorStatus?: string;
  /** Histogram of response times; `http_request_duration_seconds` by default. */
  readonly durations?: string;
  /** Its unit, where its name does not tell. */
  readonly durationUnit?: 's' | 'ms';
  /** Gauge of the requests that are being answered; by default the first found of some usual ones. */
  readonly inFlight?: string;
  /** Label matchers that a series must meet, such as `route!="/healthy"`; any by default. */
  readonly where?: readonly string[];
  /** Labels that a series must have; records of earlier versions have them. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Gauges of requests in flight as libraries call them, `libs/metrics` first. */
const IN_FLIGHT = [
  'http_requests_in_flight',
  'http_server_active_requests',
  'http_server_requests_active',
  'http_requests_in_progress',
  'http_in_flight_requests',
  'http_requests_inprogress',
];

/** Labels that hold the path of a request, in the libraries' words. */
const PATH_LABELS = [
  ...[
    'path',
    'route',
    'endpoint',
    'handler',
    'uri',
    'http_route',
    'url',
    'http_target',
    'url_path',
  ],
  ...['http_path', 'path_template', 'request_path', 'http_url'],
];

/** Names of the metrics that a judge of these series looks at. */
export function judgedMetrics(series: JudgedSeries = {}): readonly string[] {
  const { counters, durations, inFlight } = seriesRules(series);
  return [...counters, durations, ...inFlight];
}

/** {@link JudgedSeries} with the defaults, and what follows from them. */
export interface SeriesRules {
  /** What counts requests, for people. */
  readonly requests: string;
  /** The series by name that count them: one, or one for each status. */
  readonly counters: readonly string[];
  readonly statusLabel: string;
  readonly status: StatusRule;
  /** The status of a series that counts requests; empty where it has none. */
  readonly statusOf: (series: SeriesName) => string;
  readonly durations: string;
  /** What a bucket's bound is multiplied with to be seconds; undefined where the unit is not known. */
  readonly secondsPerUnit: number | undefined;
  readonly inFlight: readonly string[];
  /** Whether a series has the labels asked for. */
  readonly where: Where;
  /**
   * What a series is to the judge, with requests to some paths left out.
   *
   * @param leftOut gets the paths of series that were
   */
  readonly classOf: (
    ownPaths: ReadonlySet<string>,
    leftOut?: Set<string>,
  ) => (series: SeriesName) => SeriesClass | undefined;
  /** What each metric is counted from, as a PromQL selector. */
  readonly sources: Readonly<Record<Metric, string>>;
}

/**
 * The rules by which series are judged.
 *
 * @throws an `Error` where `errorStatus` is no regular expression, or `where` no label matcher
 */
export function seriesRules(series: JudgedSeries = {}): SeriesRules {
  const { requests = 'http_requests_total', durations = 'http_request_duration_seconds' } = series;
  const { statusLabel = 'status', errorStatus, labels = {} } = series;
  const required = Object.entries(labels).map(
    ([label, value]) => `${label}=${JSON.stringify(value)}`,
  );
  const matchers = [...required, ...(series.where ?? [])];
  const where = whereOf(matchers);
  const status = statusRule(statusLabel, errorStatus, requests);
  const { statusNames } = series;
  const counters = statusNames === undefined ? [requests] : Object.keys(statusNames);
  const statusOf = ({ name, labels }: SeriesName) =>
    (statusNames === undefined ? labels[statusLabel] : statusNames[name]) ?? '';
  const secondsPerUnit = unitOf(series.durationUnit, durations);
  const inFlight = series.inFlight === undefined ? IN_FLIGHT : [series.inFlight];
  const buckets = `${durations}_bucket`;
  const selector = (...more: string[]) => `{${[...matchers, ...more].join(',')}}`;
  const failing = counters.filter((name) => status(statusNames?.[name] ?? '') === 'failed');

  return {
    ...{ requests, counters, statusLabel, status, statusOf, where },
    ...{ durations, secondsPerUnit, inFlight },
    classOf: (ownPaths, leftOut) => (one) => {
      const gauge = inFlight.indexOf(one.name);
      if (gauge >= 0) return { inFlight: gauge };
      const isRequests = counters.includes(one.name);
      if ((!isRequests && one.name !== buckets) || !where(one)) return undefined;
      const own = ownPath(one, ownPaths);
      if (own !== undefined) {
        leftOut?.add(own);
        return undefined;
      }
      // A series without the label is neither answered nor failed, whatever the pattern says to nothing.
      if (isRequests) return statusOf(one) === '' ? 'noted' : (status(statusOf(one)) ?? 'noted');
      const bound = bucketBound(one) * (secondsPerUnit ?? NaN);
      return Number.isNaN(bound) ? 'noted' : bound;
    },
    sources: {
      errors:
        statusNames === undefined
          ? `${requests}${selector(`${statusLabel}=~"${errorStatus ?? '5..'}"`)}`
          : selector(`__name__=~"${failing.join('|')}"`),
      latency: `${buckets}${selector()}`,
      restarts: 'process_start_time_seconds',
    },
  };
}

/** One's own scrapes and the kubelet's probes are no traffic. */
function ownPath({ labels }: SeriesName, ownPaths: ReadonlySet<string>): string | undefined {
  const label = PATH_LABELS.find((one) => ownPaths.has(labels[one] ?? ''));
  return label === undefined ? undefined : labels[label];
}

function unitOf(given: JudgedSeries['durationUnit'], name: string): number | undefined {
  return SECONDS_PER[given ?? UNIT.exec(name)?.[1] ?? ''];
}

const UNIT = /(?:^|_)(seconds|milliseconds|ms|microseconds|nanoseconds)(?:_|$)/;
const SECONDS_PER: Readonly<Record<string, number>> = {
  ...{ s: 1, seconds: 1, ms: 1e-3, milliseconds: 1e-3, microseconds: 1e-6, nanoseconds: 1e-9 },
};
