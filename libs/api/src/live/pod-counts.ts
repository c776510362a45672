import { statusRule, type PodSample } from '@canary/rollout';

const REQUESTS = 'http_requests_total';
const BUCKET = 'http_request_duration_seconds_bucket';
/** Metrics that {@link podCounts} reads: what an observer for the page has to look at. */
export const PAGE_METRICS: readonly string[] = [REQUESTS, 'http_request_duration_seconds'];

/** The judge's rule. */
const statusOf = statusRule('status');

/** What a pod has counted since it started. */
export interface PodCounts {
  readonly release: string;
  readonly startedAt: number | undefined;
  readonly requests: number;
  readonly failed: number;
  /** Requests up to each bound, in seconds; ascending, the last bound is infinite. */
  readonly buckets: ReadonlyMap<number, number>;
}

/** Adds up what a pod exposes. */
export function podCounts({ release, startedAt, series }: PodSample): PodCounts {
  let [requests, failed] = [0, 0];
  const buckets = new Map<number, number>();
  for (const { name, labels, value } of series) {
    if (name === REQUESTS) {
      requests += value;
      if (statusOf(labels['status'] ?? '') === 'failed') failed += value;
    } else if (name === BUCKET) {
      const bound = labels['le'] === '+Inf' ? Infinity : Number(labels['le']);
      buckets.set(bound, (buckets.get(bound) ?? 0) + value);
    }
  }
  return { release, startedAt, requests, failed, buckets };
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
