import { detectedSeries, detectMetrics, exposedBy, type Detected } from '@canary/observation';
import { MetricsError, type Look, type Workload } from '@canary/rollout';
import type { Place } from '../site/with-site.ts';
import { exposingObserver } from './judge-of.ts';
import type { Judging } from './judging.ts';

/** What a release will be judged by, found on the stable release where it was not named. */
export interface FoundSeries {
  /** With the series that were found; both releases are judged by them. */
  readonly judging: Judging;
  /** Undefined where no pod could be looked at. */
  readonly detected: Detected | undefined;
}

/**
 * Looks once at all that the stable release exposes, and finds what counts its requests and where its
 * response times are. What was named goes before what is found.
 *
 * Where no request can be counted, and nothing of it was asked for, readiness and restarts decide.
 *
 * @throws a `MetricsError` where what was asked for cannot be judged, or has counted nothing yet
 */
export async function findSeries(
  place: Place,
  given: Judging,
  stable: Workload,
): Promise<FoundSeries> {
  const observer = await exposingObserver(place, given);
  const look = await observer.look();
  const judging = isKnownToPrometheus(look, stable) ? given : withoutImplied(given, stable);
  const samples = look.samples.filter(({ release }) => release === stable.release);
  if (samples.length === 0) {
    const isGuessed = !asksForScrapes(stable) && !judging.scrape && !isNamed(judging);
    const found = isGuessed ? unjudged(judging, whyDown(look, stable)) : judging;
    return { judging: found, detected: undefined };
  }
  const detected = detectMetrics(exposedBy(samples), judging.series);
  if (detected.requests || judging.series.requests !== undefined || judging.metrics.length === 0)
    return {
      judging: { ...judging, series: detectedSeries(detected, judging.series) },
      detected,
    };
  if (detected.uncounted.length > 0)
    throw new MetricsError(
      `release ${stable.release} has counted no request yet (${detected.uncounted.slice(0, TOLD).join(', ')}): send it one, or say --judge none`,
    );
  const [why = ''] = detected.why;
  if (isNamed(judging)) throw new MetricsError(`${why}: name one by --requests-metric`);
  return { judging: unjudged(judging, why), detected };
}

/** A target that no one else has found is of unknown health. */
function isKnownToPrometheus({ targets }: Look, { release }: Workload): boolean {
  const own = targets.filter((target) => target.release === release);
  return own.length === 0 || own.some(({ health }) => health !== 'unknown');
}

/**
 * Nobody named the Prometheus of the namespace, and the pods do not ask it to scrape them: that it does
 * not is no fault of theirs.
 */
function withoutImplied(judging: Judging, stable: Workload): Judging {
  const { prometheus, source, queries } = judging;
  const isImplied = prometheus === 'service' && source === 'direct' && !queries;
  return isImplied && !asksForScrapes(stable) ? { ...judging, prometheus: undefined } : judging;
}

/** Names that are told. */
const TOLD = 4;

function unjudged(judging: Judging, why: string): Judging {
  return judging.metrics.length === 0 ? judging : { ...judging, unjudged: why };
}

/** Something was asked for that needs requests to be counted. */
function isNamed({ isAsked = false, isLatencyAsked = false, series, judge }: Judging): boolean {
  const { objectiveErrors, objectiveLatency, latencyObjectiveSeconds } = judge;
  const hasObjective = [objectiveErrors, objectiveLatency, latencyObjectiveSeconds].some(
    (one) => one !== undefined,
  );
  return isAsked || isLatencyAsked || hasObjective || Object.keys(series).length > 0;
}

/** Its pods say that they have metrics: that they cannot be read is a fault, and no property of theirs. */
function asksForScrapes({ pods }: Workload): boolean {
  return pods.some(({ annotations }) => annotations['prometheus.io/scrape'] === 'true');
}

function whyDown({ targets }: Look, { release }: Workload): string {
  const down = targets.find((one) => one.release === release);
  if (!down) return `no pod of ${release} says where it could be scraped`;
  return `no pod of ${release} exposes metrics (${down.pod}: ${down.error ?? down.health})`;
}
