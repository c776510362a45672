import { seriesRules, type JudgedSeries, type Look, type SeriesRules } from '@canary/rollout';
import { podCounts, since, type PodCounts } from './pod-counts.ts';
import { quantile } from './quantile.ts';
import type { ReleaseSample, Sample } from './sample.ts';

/** Response times are of so many looks together: those of one second are too few for a 95th percentile. */
const LATENCY_LOOKS = 10;

type Buckets = ReadonlyMap<number, number>;

/** Makes samples of looks: what every release did since the look before. */
export class Sampler {
  #pods = new Map<string, PodCounts>();
  #at: number | undefined;
  #series = '';
  #rules: SeriesRules = seriesRules();
  readonly #buckets = new Map<string, Buckets[]>();

  /**
   * @param series what counts requests
   * @returns undefined for the first look, and the first of other series: it has nothing to be compared with
   */
  take({ at, samples }: Look, series: JudgedSeries = {}): Sample | undefined {
    this.#countBy(series);
    const [before, lastAt] = [this.#pods, this.#at];
    const rules = this.#rules;
    this.#pods = new Map(samples.map((sample) => [sample.pod, podCounts(sample, rules)]));
    this.#at = at;
    if (lastAt === undefined || at <= lastAt) return undefined;
    const sums = new Map<string, { requests: number; failed: number; buckets: Buckets }>();
    for (const [pod, now] of this.#pods) {
      const sum = sums.get(now.release) ?? { requests: 0, failed: 0, buckets: new Map() };
      // A pod that ran before and was not seen: what it counted meanwhile is of no known time.
      const isUnknown = !before.has(pod) && (now.startedAt ?? 0) <= lastAt;
      const { requests, failed, buckets } = since(isUnknown ? now : before.get(pod), now);
      sums.set(now.release, {
        requests: sum.requests + requests,
        failed: sum.failed + failed,
        buckets: added(sum.buckets, buckets),
      });
    }
    this.#forget(sums);
    const releases = [...sums].map(([release, { requests, failed, buckets }]) => {
      const sample: ReleaseSample = { requests, failed, ...this.#latency(release, buckets) };
      return [release, sample] as const;
    });
    return { at, seconds: (at - lastAt) / 1000, releases: Object.fromEntries(releases) };
  }

  #countBy(series: JudgedSeries): void {
    const named = JSON.stringify(series);
    if (named === this.#series) return;
    if (this.#series !== '') this.#at = undefined;
    this.#series = named;
    this.#rules = seriesRules(series);
    this.#buckets.clear();
  }

  #latency(release: string, buckets: Buckets): Pick<ReleaseSample, 'p50' | 'p95'> {
    const recent = [...(this.#buckets.get(release) ?? []), buckets].slice(-LATENCY_LOOKS);
    this.#buckets.set(release, recent);
    const all = recent.reduce(added, new Map());
    return { p50: quantile(0.5, all) ?? null, p95: quantile(0.95, all) ?? null };
  }

  #forget(there: ReadonlyMap<string, unknown>): void {
    for (const release of this.#buckets.keys()) {
      if (!there.has(release)) this.#buckets.delete(release);
    }
  }
}

function added(some: Buckets, more: Buckets): Buckets {
  const sum = new Map(some);
  for (const [bound, count] of more) sum.set(bound, (sum.get(bound) ?? 0) + count);
  return sum;
}
