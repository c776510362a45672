import { podTotals, seriesRules, type JudgedSeries } from '@canary/rollout';
import type { Families } from './exposed.ts';
import { requestSeries, type FoundRequests } from './find-requests.ts';
import { matchOf, type Latency } from './preset.ts';
import { isAboutRequests, statusRank, whyNone } from './request-words.ts';

/** Where response times are. */
export interface FoundLatency {
  /** Name of the histogram, without `_bucket`. */
  readonly metric: string;
  /** Its unit, where its name does not tell; undefined where it does, or nobody knows. */
  readonly unit: 's' | 'ms' | undefined;
  /** Why it cannot be judged; undefined where it can. */
  readonly problem: string | undefined;
}

/**
 * The histogram of response times that belongs to what counts the requests: the preset's own, or else the
 * one that saw as many requests, of the same name and the same labels.
 */
export function findLatency(
  families: Families,
  requests: FoundRequests | undefined,
): FoundLatency | undefined {
  const found = [
    ...ofPreset(families, requests?.preset.latency ?? []),
    ...byRule(families, requests),
  ];
  return found.find(({ problem }) => problem === undefined) ?? found[0];
}

/** A histogram that a person named, whatever it is called. */
export function latencyNamed(families: Families, metric: string): FoundLatency {
  return latencyOf(families, metric, undefined);
}

function ofPreset(families: Families, latency: readonly Latency[]): FoundLatency[] {
  return latency.flatMap(({ metric, unit }) => {
    const names = new Set(families.names.map((name) => families.familyOf(name)));
    const matching = [...names].filter((name) => matchOf(metric, name));
    return matching.map((name) => latencyOf(families, name, unit));
  });
}

function latencyOf(families: Families, metric: string, known: Latency['unit']): FoundLatency {
  const said = UNITS[families.metadataOf(metric)?.unit ?? ''];
  const isNamed = seriesRules({ durations: metric }).secondsPerUnit !== undefined;
  const unit = isNamed ? undefined : (known ?? said);
  const buckets = families.of(`${metric}_bucket`);
  const isKnown = isNamed || unit !== undefined;
  const problem = problemOf({ buckets: buckets.map(({ labels }) => labels), isKnown });
  return { metric, unit, problem };
}

function problemOf(of: {
  readonly buckets: readonly Readonly<Record<string, string>>[];
  readonly isKnown: boolean;
}): string | undefined {
  const { buckets, isKnown } = of;
  if (buckets.length === 0) return 'it is a summary: it has no buckets';
  if (buckets.every(({ le }) => le === undefined)) {
    const isVictoria = buckets.some(({ vmrange }) => vmrange !== undefined);
    return `its buckets have no bounds le${isVictoria ? ', but vmrange' : ''}`;
  }
  return isKnown ? undefined : 'nobody knows its unit: say --latency-unit s or ms';
}

const UNITS: Readonly<Record<string, 's' | 'ms'>> = {
  ...{ s: 's', seconds: 's', ms: 'ms', milliseconds: 'ms' },
};

/** Words of a time, in the name of a metric. */
const TIME =
  /(?:^|_)(?:duration|latency|seconds|milliseconds|ms|time|handling|elapsed|took)(?:_|$)/;

function byRule(families: Families, requests: FoundRequests | undefined): FoundLatency[] {
  const names = new Set(
    families.names
      .filter((name) => /_(?:bucket|sum)$/.test(name))
      .map((name) => families.familyOf(name))
      .filter((name) => isTime(name, requests) && whyNone(name) === undefined),
  );
  return [...names]
    .map((name) => ({
      found: latencyOf(families, name, undefined),
      rank: rank(name, families, requests),
    }))
    .sort((a, b) => compare(a.rank, b.rank))
    .map(({ found }) => found);
}

function isTime(name: string, requests: FoundRequests | undefined): boolean {
  return (isAboutRequests(name) && TIME.test(name)) || `${name}_count` === requests?.metric;
}

type Rank = readonly (number | string)[];

/** The least is the best. */
function rank(name: string, families: Families, requests: FoundRequests | undefined): Rank {
  const series: JudgedSeries = { ...(requests ? requestSeries(requests) : {}), durations: name };
  const { upTo } = podTotals(families.exposed, seriesRules({ durationUnit: 's', ...series }));
  const labels = families.of(`${name}_bucket`)[0]?.labels ?? {};
  const hasStatus = Object.keys(labels).some((label) => statusRank(label) !== undefined);
  const common = commonWords(name, requests?.metric ?? '');
  return [
    upTo.size > 1 ? 0 : 1,
    upTo.get(Infinity) === requests?.counted ? 0 : 1,
    `${name}_count` === requests?.metric ? 0 : 1,
    -common,
    hasStatus ? 0 : 1,
    name,
  ];
}

function commonWords(a: string, b: string): number {
  const [some, others] = [a.split('_'), b.split('_')];
  const end = some.findIndex(
    (word, at) => word.replace(/s$/, '') !== others[at]?.replace(/s$/, ''),
  );
  return end < 0 ? some.length : end;
}

function compare(a: Rank, b: Rank): number {
  const at = a.findIndex((one, i) => one !== b[i]);
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1;
}
