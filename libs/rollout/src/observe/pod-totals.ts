import type { PodSample } from '../ports/observer.ts';
import type { SeriesRules } from './judged-series.ts';

/** What a pod has counted since it started. */
export interface PodTotals {
  /** Requests whose status is understood. */
  readonly requests: number;
  /** Of them. */
  readonly failed: number;
  /** Requests up to each bound, in seconds; the last bound is infinite. */
  readonly upTo: ReadonlyMap<number, number>;
}

/**
 * Adds up what a pod exposes by the very rule by which it is judged: one's own scrapes and probes are
 * left out, and so is what nobody understands. For whoever shows what the judge counts.
 */
export function podTotals(
  { series, ownPaths = [] }: Pick<PodSample, 'series' | 'ownPaths'>,
  rules: SeriesRules,
): PodTotals {
  // Users ask for `/`, too, and many a probe does.
  const classOf = rules.classOf(new Set(ownPaths.filter((path) => path !== '/')));
  const upTo = new Map<number, number>();
  let [requests, failed] = [0, 0];
  for (const one of series) {
    const what = classOf(one);
    if (!(one.value >= 0)) continue;
    if (typeof what === 'number') upTo.set(what, (upTo.get(what) ?? 0) + one.value);
    if (what === 'answered' || what === 'failed') requests += one.value;
    if (what === 'failed') failed += one.value;
  }
  return { requests, failed, upTo: new Map([...upTo].sort(([a], [b]) => a - b)) };
}
