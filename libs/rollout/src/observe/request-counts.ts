import {
  changesSince,
  SeriesIndex,
  shareInterval,
  type PodCounters,
  type SeriesName,
  type ShareInterval,
} from '@canary/judge';
import type { Look, PodSample } from '../ports/observer.ts';
import { seriesRules, type JudgedSeries, type SeriesRules } from './judged-series.ts';

/** The last sample of every pod, by the pod's name; JSON. */
export type Baseline = Readonly<Record<string, PodSample>>;

/** What was counted between two looks. */
export interface RequestCounts {
  /** Requests by release; a release whose pods gave no delta is not in it. */
  readonly requests: Readonly<Record<string, number>>;
  /** What the next look is to be compared with. */
  readonly baseline: Baseline;
}

/**
 * Requests per release since the looks behind a baseline, from cumulative counters of each pod; for
 * resets, new pods and missing ones see `changesSince` of the judge. Which series count is the judge's
 * rule; their status does not matter here.
 *
 * @param previousAt when the look before was taken; undefined for the first: it counts nothing
 */
export function requestsSince(
  baseline: Baseline,
  previousAt: number | undefined,
  look: Look,
  wanted: JudgedSeries = {},
): RequestCounts {
  // All series of a pod: any of them that fell says that the process is another.
  const index = new SeriesIndex(() => true);
  const before = new Map(
    Object.values(baseline).map((sample) => [sample.pod, countersOf(sample, index)]),
  );
  const changes = changesSince(
    before,
    previousAt,
    look.samples.map((sample) => countersOf(sample, index)),
  );
  const isRequest = countsRequests(seriesRules(wanted), look);
  const isCounted = index.series.map(isRequest);
  const requests: Record<string, number> = {};
  for (const { now, delta } of changes) {
    const count = delta.reduce((sum, value, i) => (isCounted[i] ? sum + value : sum), 0);
    requests[now.release] = (requests[now.release] ?? 0) + count;
  }
  const samples = look.samples.map((sample) => [sample.pod, sample] as const);
  const next = { ...baseline, ...Object.fromEntries(samples) };
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

function countersOf(
  { pod, release, at, startedAt, series }: PodSample,
  index: SeriesIndex,
): PodCounters {
  return {
    pod,
    release,
    at,
    startedAt,
    values: index.read(series).map((value) => (value >= 0 ? value : 0)),
  };
}

/** Whether a series counts requests, one's own scrapes and probes apart. */
function countsRequests(rules: SeriesRules, { samples }: Look): (series: SeriesName) => boolean {
  const ownPaths = samples.flatMap(({ ownPaths = [] }) => ownPaths);
  const classOf = rules.classOf(new Set(ownPaths.filter((path) => path !== '/')));
  return (series) => rules.counters.includes(series.name) && classOf(series) !== undefined;
}

/** Pods that are neither sampled nor targets any more do not come back under their name. */
function withoutGone(baseline: Record<string, PodSample>, look: Look): Baseline {
  const there = new Set([...look.samples, ...look.targets].map(({ pod }) => pod));
  return Object.fromEntries(Object.entries(baseline).filter(([pod]) => there.has(pod)));
}
