import type { Families } from './exposed.ts';
import type { FoundLatency } from './find-latency.ts';
import type { FoundRequests } from './find-requests.ts';
import { isAboutRequests, whyNone } from './request-words.ts';

/** A metric that is about requests, and not judged. */
export interface Ignored {
  readonly metric: string;
  readonly why: string;
}

interface Found {
  readonly requests: FoundRequests | undefined;
  readonly latency: FoundLatency | undefined;
  readonly inFlight: string | undefined;
  readonly candidates: readonly FoundRequests[];
}

/** What is about requests and was not chosen, and why, by name. */
export function ignoredOf(families: Families, found: Found): readonly Ignored[] {
  const { requests, latency, inFlight, candidates } = found;
  /** Counters that differ in the status alone are one metric. */
  const metricOf = (name: string) =>
    candidates.find(({ statusNames }) => statusNames?.[name] !== undefined)?.metric ??
    families.familyOf(name);
  const chosen = [requests?.metric, latency?.metric, inFlight].map((name) =>
    name === undefined ? '' : metricOf(name),
  );
  const metrics = new Set(families.names.filter(isAboutRequests).map(metricOf));
  return [...metrics]
    .filter((metric) => !chosen.includes(metric))
    .sort()
    .map((metric) => ({
      metric,
      why: whyIgnored(
        metric,
        candidates.find((one) => metricOf(one.metric) === metric),
        requests,
      ),
    }));
}

function whyIgnored(
  metric: string,
  other: FoundRequests | undefined,
  requests: FoundRequests | undefined,
): string {
  if (!other || !requests) return whyNone(metric) ?? 'has no label that tells how a request went';
  if (other.counted === requests.counted) return `counts the same requests as ${requests.metric}`;
  return `counts ${other.counted} requests as well: name it by --requests-metric if it is the one`;
}
