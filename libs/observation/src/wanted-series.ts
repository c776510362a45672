import type { PodSample, Series } from '@canary/rollout';
import { prometheusNumber } from './prometheus-number.ts';

/** The gauge by which a restart is told, in seconds since the Unix epoch; every Prometheus client exposes it. */
const START_TIME = 'process_start_time_seconds';
const FAMILY_SUFFIXES = ['', '_bucket', '_sum', '_count'];
const METRIC_NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;

/** Which series an observer gives, and in which shape. */
export interface WantedSeries {
  /** Label matchers that select exactly the wanted series (and the start time) in PromQL. */
  readonly matchers: string;
  /** Whether series of that name are wanted. */
  readonly isWanted: (name: string) => boolean;
  /** All are. */
  readonly isAll: boolean;
  /** What one pod exposed at one instant, cut down to the wanted series. */
  sample(of: Pick<PodSample, 'pod' | 'release' | 'at'>, exposed: Iterable<Series>): PodSample;
}

/**
 * The series of the given metrics, one rule for every source: a name stands for its family, so that
 * `http_request_duration_seconds` means its `_bucket`, `_sum` and `_count` too. Quantiles of a
 * summary are left out, as they are not cumulative. A label without a value is no label, and the
 * bound `le` of a bucket is written as JavaScript writes that number, so that `le="1"` and the
 * `le="1.0"` of Prometheus 3 are one series (`+Inf` stays). Of a series exposed twice the first counts, as in
 * Prometheus.
 *
 * @param metrics names of counters, histograms and summaries, or all there are
 * @throws an `Error` where a name is none, or none is given
 */
export function wantedSeries(metrics: readonly string[] | 'all'): WantedSeries {
  if (metrics === 'all') return wantedOf('__name__!="",quantile=""', true);
  const bad = metrics.find((name) => !METRIC_NAME.test(name));
  if (bad !== undefined)
    throw new Error(
      `${JSON.stringify(bad)} is no metric name; name a metric such as http_requests_total`,
    );
  if (metrics.length === 0)
    throw new Error('no metric to observe is named; name one, such as http_requests_total');
  const names = new Set(metrics.flatMap((name) => FAMILY_SUFFIXES.map((end) => `${name}${end}`)));

  const matcher = `__name__=~"(?:${metrics.join('|')})(?:${FAMILY_SUFFIXES.filter(Boolean).join('|')})?|${START_TIME}"`;
  return wantedOf(`${matcher},quantile=""`, names);
}

function wantedOf(matchers: string, names: ReadonlySet<string> | true): WantedSeries {
  const isAll = names === true;
  const isWanted = (name: string) => isAll || names.has(name);
  return {
    ...{ matchers, isWanted, isAll },
    sample: (of, exposed) => {
      let startedAt: number | undefined;
      const series = new Map<string, Series>();
      for (const one of exposed) {
        if (one.name === START_TIME) startedAt ??= milliseconds(one.value);
        if (!isWanted(one.name) || one.labels['quantile']) continue;
        const labels = normalised(one);
        const key = seriesKey(one.name, labels);
        if (!series.has(key)) series.set(key, { name: one.name, labels, value: one.value });
      }
      return { ...of, startedAt, series: [...series.values()] };
    },
  };
}

function milliseconds(seconds: number): number | undefined {
  return Number.isFinite(seconds) ? Math.round(seconds * 1000) : undefined;
}

function normalised({ name, labels }: Series): Readonly<Record<string, string>> {
  const entries = Object.entries(labels).filter(([, value]) => value !== '');
  if (!name.endsWith('_bucket')) return Object.fromEntries(entries);
  return Object.fromEntries(
    entries.map(([label, value]) => [label, label === 'le' ? normalisedBound(value) : value]),
  );
}

function normalisedBound(le: string): string {
  const bound = prometheusNumber(le);
  if (bound === undefined || Number.isNaN(bound)) return le;
  return bound === Infinity ? '+Inf' : String(bound);
}

function seriesKey(name: string, labels: Readonly<Record<string, string>>): string {
  return JSON.stringify([name, ...Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
