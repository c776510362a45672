import type { JudgedSeries } from '@canary/rollout';
import { PRESETS } from './all-presets.ts';
import { Families, type Exposed } from './exposed.ts';
import { findLatency, latencyNamed, type FoundLatency } from './find-latency.ts';
import {
  requestCandidates,
  requestSeries,
  requestsNamed,
  type FoundRequests,
} from './find-requests.ts';
import { isInFlight } from './in-flight.ts';
import { ignoredOf, type Ignored } from './ignored.ts';
import type { Preset } from './preset.ts';
import { isAboutRequests, whyNone } from './request-words.ts';

/** What of a pod's metrics would be judged. */
export interface Detected {
  /** What counts requests; undefined where nothing does. */
  readonly requests: FoundRequests | undefined;
  /** Where response times are; undefined where they are nowhere. */
  readonly latency: FoundLatency | undefined;
  /** Gauge of the requests that are being answered. */
  readonly inFlight: string | undefined;
  /** What says that it is about requests, and has no series: nothing was counted yet. */
  readonly uncounted: readonly string[];
  /** What was found, what not, and why; a sentence each. */
  readonly why: readonly string[];
  /** What is about requests and is not counted. */
  readonly ignored: readonly Ignored[];
}

/**
 * Finds among all that the pods of a release expose what counts requests, with which label or name telling
 * how they went, and where response times are. By presets of known libraries, and by rule for others of the
 * same habits. Always the same for the same series.
 *
 * @param named what a person named goes before what is found
 */
export function detectMetrics(
  exposed: Exposed,
  named: JudgedSeries = {},
  presets: readonly Preset[] = PRESETS,
): Detected {
  const families = new Families(exposed);
  const seek = { families, named };
  const candidates = requestCandidates(seek, presets);
  const requests =
    named.requests === undefined
      ? candidates[0]
      : (candidates.find(({ metric }) => metric === named.requests) ??
        requestsNamed(seek, named.requests));
  const latency =
    named.durations === undefined
      ? findLatency(families, requests)
      : latencyNamed(families, named.durations);
  const inFlight = families.names.filter((name) => isInFlight(name, families)).sort()[0];
  const ignored = ignoredOf(families, { requests, latency, inFlight, candidates });
  const uncounted = uncountedIn(families);
  return {
    ...{ requests, latency, inFlight, ignored, uncounted },
    why: [requestsText(requests, named), latencyText(latency)],
  };
}

/**
 * The series that are judged: those that were named, and beside them what was found. A release is judged
 * by them on both sides.
 */
export function detectedSeries(
  { requests, latency, inFlight }: Detected,
  named: JudgedSeries = {},
): JudgedSeries {
  const found = requests ? requestSeries(requests) : {};
  const where = [...(found.where ?? []), ...(named.where ?? [])];
  const isOwnUnit = latency?.unit !== undefined && named.durationUnit === undefined;
  return {
    ...found,
    ...(latency ? { durations: latency.metric } : {}),
    ...(isOwnUnit ? { durationUnit: latency.unit } : {}),
    ...(inFlight === undefined ? {} : { inFlight }),
    ...named,
    ...(where.length === 0 ? {} : { where }),
  };
}

/** Metrics that clients declare before they have a series. */
function uncountedIn(families: Families): string[] {
  return Object.entries(families.exposed.metadata ?? {})
    .filter(([name, { type = '' }]) => {
      const isCount = ['counter', 'histogram', 'summary'].includes(type);
      if (!isCount || !isAboutRequests(name) || whyNone(name) !== undefined) return false;
      return !['', '_total', '_bucket', '_count'].some((end) => families.has(`${name}${end}`));
    })
    .map(([name]) => name)
    .sort();
}

function requestsText(requests: FoundRequests | undefined, named: JudgedSeries): string {
  if (!requests)
    return named.requests === undefined
      ? 'no request can be counted: there is no counter, histogram or summary of requests with a label that tells how they went'
      : `${named.requests} has no label that tells how a request went, or is not there`;
  const { metric, statusLabel, counted, failed, preset } = requests;
  const by =
    statusLabel === undefined ? 'one for each class of status' : `by its label ${statusLabel}`;
  return `requests: ${metric}, ${by} (${preset.name}); ${counted} so far, ${failed} of them failed`;
}

function latencyText(latency: FoundLatency | undefined): string {
  if (!latency) return 'response times: there is no histogram of them';
  const { metric, unit, problem } = latency;
  if (problem !== undefined) return `response times: ${metric} cannot be judged, ${problem}`;
  return `response times: ${metric}${unit === undefined ? '' : `, in ${unit}`}`;
}
