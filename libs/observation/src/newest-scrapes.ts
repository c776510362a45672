import type { Series } from '@canary/rollout';
import type { QueryResult } from './prometheus-api.ts';
import { podOfTarget, targetKey, type Labels } from './target-labels.ts';

/** The samples that Prometheus took of one pod at one time. */
export interface StoredScrape {
  readonly pod: string;
  readonly at: number;
  /** With all labels that Prometheus stored. */
  readonly series: readonly Series[];
}

type Matrix = Extract<QueryResult, { type: 'matrix' }>['series'];

/**
 * Each pod's newest scrape. A series without a sample at that time is left out: its process did not
 * expose it any more, and beside its count of an older time the others would not fit. Where two jobs
 * scrape a pod, the newer scrape of the two is taken whole.
 *
 * @param podOf the pod that a series is of; the one that its labels name without
 */
export function newestScrapes(
  matrix: Matrix,
  podOf: (labels: Labels) => string | undefined = (labels) => podOfTarget(labels)?.name,
): StoredScrape[] {
  const byTarget = new Map<string, { pod: string; at: number; series: Series[] }>();
  for (const { labels, values } of matrix) {
    const [name, pod] = [labels['__name__'], podOf(labels)];
    const newest = values.at(-1);
    if (name === undefined || pod === undefined || !newest) continue;
    const series: Series = { name, labels, value: newest.value };
    const key = targetKey(labels);
    const known = byTarget.get(key);
    if (known?.at === newest.at) known.series.push(series);
    else if (!known || known.at < newest.at)
      byTarget.set(key, { pod, at: newest.at, series: [series] });
  }
  const byPod = new Map<string, StoredScrape>();
  for (const scrape of byTarget.values()) {
    const known = byPod.get(scrape.pod);
    if (!known || known.at < scrape.at) byPod.set(scrape.pod, scrape);
  }
  return [...byPod.values()];
}
