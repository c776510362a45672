import { shareInterval, type ShareInterval } from '@canary/judge';
import type { Look, PodSample, Series } from '../ports/observer.ts';

/** The last sample of every pod, by the pod's name; JSON. */
export type Baseline = Readonly<Record<string, PodSample>>;

/** Which series counts requests. */
export interface RequestSeries {
  /** `http_requests_total` by default. */
  readonly metric?: string;
  /** Labels that a series must have, such as `{ endpoint: '/' }`; any by default. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What was counted between two looks. */
export interface RequestCounts {
  /** Requests by release; a release whose pods gave no delta is not in it. */
  readonly requests: Readonly<Record<string, number>>;
  /** What the next look is to be compared with. */
  readonly baseline: Baseline;
}

/**
 * Requests per release since the looks behind a baseline, from cumulative counters of each pod.
 *
 * A counter that was reset (the pod's process started anew, or any of its series fell) counts from
 * zero, as does that of a pod whose process started after the last look. A pod that ran before
 * gives its baseline first. One that could not be sampled keeps its baseline: what it counted
 * meanwhile comes with its next sample.
 *
 * @param previousAt when the look before was taken; undefined for the first: it counts nothing
 */
export function requestsSince(
  baseline: Baseline,
  previousAt: number | undefined,
  look: Look,
  series: RequestSeries = {},
): RequestCounts {
  const requests: Record<string, number> = {};
  const next: Record<string, PodSample> = { ...baseline };
  for (const sample of look.samples) {
    const { pod, release } = sample;
    const before = baseline[pod];
    next[pod] = sample;
    const count = before
      ? countOf(sample, series) - (isReset(before, sample) ? 0 : countOf(before, series))
      : isNew(sample, previousAt)
        ? countOf(sample, series)
        : undefined;
    if (count !== undefined) requests[release] = (requests[release] ?? 0) + count;
  }
  return { requests, baseline: withoutGone(next, look) };
}

/** The canary's share of the requests, with its exact 95 % interval; undefined without any. */
export function observedShare(
  requests: Readonly<Record<string, number>>,
  canaryRelease: string,
): ShareInterval | undefined {
  const total = Object.values(requests).reduce((sum, count) => sum + count, 0);
  return total === 0 ? undefined : shareInterval(requests[canaryRelease] ?? 0, total);
}

function isNew({ startedAt }: PodSample, previousAt: number | undefined): boolean {
  return previousAt !== undefined && startedAt !== undefined && startedAt > previousAt;
}

/** All series of a pod at once: one that fell says that the process is another. */
function isReset(before: PodSample, now: PodSample): boolean {
  if (before.startedAt !== now.startedAt) return true;
  const values = new Map(now.series.map((series) => [nameOf(series), series.value]));
  return before.series.some((series) => (values.get(nameOf(series)) ?? 0) < series.value);
}

function nameOf({ name, labels }: Series): string {
  return JSON.stringify([name, Object.entries(labels).sort()]);
}

function countOf(
  { series }: PodSample,
  { metric = 'http_requests_total', labels = {} }: RequestSeries,
) {
  const wanted = Object.entries(labels);
  return series
    .filter(({ name }) => name === metric)
    .filter((one) => wanted.every(([label, value]) => one.labels[label] === value))
    .reduce((sum, { value }) => sum + value, 0);
}

/** Pods that are neither sampled nor targets any more do not come back under their name. */
function withoutGone(baseline: Record<string, PodSample>, look: Look): Baseline {
  const there = new Set([...look.samples, ...look.targets].map(({ pod }) => pod));
  return Object.fromEntries(Object.entries(baseline).filter(([pod]) => there.has(pod)));
}
