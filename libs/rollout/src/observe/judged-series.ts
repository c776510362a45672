import {
  bucketBound,
  type SeriesIndex,
  type BySide,
  type Counted,
  type JudgeLook,
  type Metric,
  type PodCounters,
  type SeriesName,
} from '@canary/judge';
import type { Look } from '../ports/observer.ts';

/** Which series are judged. */
export interface JudgedSeries {
  /** Counts requests by status; `http_requests_total` by default. */
  readonly requests?: string;
  /** Its label that tells how a request went; `status` by default. */
  readonly statusLabel?: string;
  /** Regular expression for the status of a failed request; `^5` by default. */
  readonly errorStatus?: string;
  /** Histogram of response times, in seconds; `http_request_duration_seconds` by default. */
  readonly durations?: string;
  /** Labels that a series must have, such as `{ endpoint: '/' }`; any by default. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** Names of the metrics that a judge of these series looks at. */
export function judgedMetrics({
  requests = 'http_requests_total',
  durations = 'http_request_duration_seconds',
}: JudgedSeries = {}) {
  return [requests, durations] as const;
}

/** {@link JudgedSeries} with the defaults, and what follows from them. */
export interface SeriesRules {
  readonly requests: string;
  readonly statusLabel: string;
  readonly durations: string;
  readonly isWanted: (series: SeriesName) => boolean;
  readonly counted: (series: SeriesName) => Counted;
  /** What each metric is counted from, as a PromQL selector. */
  readonly sources: Readonly<Record<Metric, string>>;
}

/** What a look shows of the judged series. */
export type Counters = Pick<JudgeLook, 'counted' | 'pods' | 'bounds'>;

/**
 * The rules by which series are judged.
 *
 * @throws an `Error` where `errorStatus` is no regular expression
 */
export function seriesRules(series: JudgedSeries = {}): SeriesRules {
  const [requests, durations] = judgedMetrics(series);
  const { statusLabel = 'status', errorStatus = '^5', labels = {} } = series;
  const failed = statusPattern(errorStatus);
  const required = Object.entries(labels);
  const buckets = `${durations}_bucket`;
  const selector = (...more: string[]) =>
    `{${[...required.map(([label, value]) => `${label}="${value}"`), ...more].join(',')}}`;
  return {
    requests,
    statusLabel,
    durations,
    isWanted: (one) =>
      (one.name === requests || (one.name === buckets && !Number.isNaN(bucketBound(one)))) &&
      required.every(([label, value]) => one.labels[label] === value),
    counted: (one) => {
      if (one.name === buckets) return bucketBound(one);
      return failed.test(one.labels[statusLabel] ?? '') ? 'failed' : 'answered';
    },
    sources: {
      errors: `${requests}${selector(`${statusLabel}=~"${errorStatus}"`)}`,
      latency: `${buckets}${selector()}`,
      restarts: 'process_start_time_seconds',
    },
  };
}

/** The pods' counters by position; a pod with a counter that is no number from 0 on is left out. */
export function countersOf(
  { samples }: Look,
  index: SeriesIndex,
  { rules, releases }: { readonly rules: SeriesRules; readonly releases: BySide<string> },
): Counters {
  const exposed: Record<'canary' | 'stable', boolean[]> = { canary: [], stable: [] };
  const pods: PodCounters[] = [];
  for (const { pod, release, at, startedAt, series } of samples) {
    const side = release === releases.canary ? 'canary' : 'stable';
    if (release !== releases[side]) continue;
    const values = index.valuesOf(series, exposed[side]);
    // Negative, NaN or infinite: nothing that a counter can be.
    if (values.every((value) => value >= 0 && value < Infinity)) {
      pods.push({ pod, release, at, startedAt, values });
    }
  }
  const counted = index.series.map((one) => rules.counted(one));
  const boundsOf = (isExposed: readonly boolean[]) => [
    ...new Set(counted.flatMap((one, i) => (isExposed[i] && typeof one === 'number' ? one : []))),
  ];
  return {
    counted,
    pods,
    bounds: { canary: boundsOf(exposed.canary), stable: boundsOf(exposed.stable) },
  };
}

function statusPattern(errorStatus: string): RegExp {
  try {
    return new RegExp(errorStatus);
  } catch (cause) {
    throw new Error(
      `errorStatus ${JSON.stringify(errorStatus)} is no regular expression: give one such as ^5`,
      { cause },
    );
  }
}
