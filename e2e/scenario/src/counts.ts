import type { TrafficReport } from '@canary/traffic';
import type { QueryResult } from './world.ts';

/** Requests by release or version. */
export type ReleaseCounts = Readonly<Record<string, number>>;

/** Answered requests by version. */
export function countsOf(report: TrafficReport): ReleaseCounts {
  return Object.fromEntries(
    Object.entries(report.versions).map(([version, { requests }]) => [version, requests]),
  );
}

/** What came between an earlier and a later count. */
export function difference(later: ReleaseCounts, earlier: ReleaseCounts): ReleaseCounts {
  return Object.fromEntries(
    Object.entries(later).map(([key, count]) => [key, count - (earlier[key] ?? 0)]),
  );
}

/** The sum over all releases. */
export function totalOf(counts: ReleaseCounts): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

/**
 * How much each release's counters grew over the first so many scrape intervals of every pod's
 * samples; undefined while a pod has fewer samples.
 */
export function countsPerRelease(
  series: readonly QueryResult[],
  intervals: number,
): ReleaseCounts | undefined {
  const counts: Record<string, number> = {};
  for (const { metric, samples } of series) {
    const [first, last] = [samples[0], samples[intervals]];
    if (first === undefined || last === undefined) return undefined;
    const release = metric['release'] ?? '';
    counts[release] = (counts[release] ?? 0) + last[1] - first[1];
  }
  return counts;
}
