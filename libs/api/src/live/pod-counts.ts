import { judgedMetrics, podTotals, type PodSample, type SeriesRules } from '@canary/rollout';

/** Metrics that the page reads of services that call them as this project's own do. */
export const PAGE_METRICS: readonly string[] = judgedMetrics();

/** What a pod has counted since it started. */
export interface PodCounts {
  readonly release: string;
  readonly startedAt: number | undefined;
  readonly requests: number;
  readonly failed: number;
  /** Requests up to each bound, in seconds; ascending, the last bound is infinite. */
  readonly buckets: ReadonlyMap<number, number>;
}

/** Adds up what a pod exposes, as the judge does. */
export function podCounts(sample: PodSample, rules: SeriesRules): PodCounts {
  const { release, startedAt } = sample;
  const { requests, failed, upTo } = podTotals(sample, rules);
  return { release, startedAt, requests, failed, buckets: upTo };
}

/** What it counted since before; all of it where its process started anew. */
export function since(before: PodCounts | undefined, now: PodCounts): PodCounts {
  if (!before || before.startedAt !== now.startedAt || now.requests < before.requests) return now;
  const buckets = [...now.buckets].map(
    ([bound, count]) => [bound, Math.max(0, count - (before.buckets.get(bound) ?? 0))] as const,
  );
  return {
    ...now,
    requests: now.requests - before.requests,
    failed: Math.max(0, now.failed - before.failed),
    buckets: new Map(buckets),
  };
}
