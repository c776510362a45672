import {
  type Look,
  messageOf,
  type Observer,
  type Pod,
  type PodSample,
  type Target,
} from '@canary/rollout';
import { withDeadline } from './deadline.ts';
import { podUrl, scrapeAnnotations, type ScrapeUrl } from './scrape-annotations.ts';
import { scrape, type Scrape } from './scrape.ts';
import { readTextFormat } from './text-format.ts';
import { wantedSeries, type WantedSeries } from './wanted-series.ts';

/** A pod and the release that it belongs to. */
export interface ReleasedPod {
  readonly pod: Pod;
  readonly release: string;
  /** Paths of its HTTP probes, where they are known: requests to them are nobody's traffic. */
  readonly probePaths?: readonly string[];
}

/** What {@link directObserver} is handed. */
export interface DirectObserverOptions {
  /** The pods of the app as they are now, of all its releases. */
  readonly listPods: () => Promise<readonly ReleasedPod[]>;
  /** Names of the counters, histograms and summaries to look at; all that there are, with what is said of them. */
  readonly metrics: readonly string[] | 'all';
  /** How long a look waits for its slowest pod, in milliseconds. */
  readonly timeoutMs: number;
  /** How a pod is reached; by default at its own address. A pod without an answer is left out. */
  readonly urlOf?: (pod: Pod) => ScrapeUrl | undefined;
  /**
   * Carries out the scrapes; one with an agent of its own can bring certificates, say. The built-in
   * one refuses the ports that browsers do, such as 6000 and 10080.
   */
  readonly fetch?: typeof fetch;
  /** The largest exposition that is read, in bytes; 4 MiB by default. */
  readonly maxBytes?: number;
  /** Milliseconds since the Unix epoch. */
  readonly clock?: () => number;
}

interface Found extends ReleasedPod {
  readonly to: ScrapeUrl;
}

/**
 * Looks at the pods themselves, all at once: every request starts in the same tick, so that the
 * counts of all releases cover the same seconds. Prometheus scrapes its targets at different phases,
 * and an outage that all releases share then looks like one of the canary.
 *
 * The pods are those that have an address and do not carry `prometheus.io/scrape: "false"`; finished ones are
 * left out, since a cluster may have given their address to another pod. The time of a sample is when
 * the head of the pod's response arrived. Times that an exposition itself gives are not used. A line
 * that cannot be read is left out by itself, and told where it begins with the name of a wanted series.
 *
 * @example
 * const observer = directObserver({
 *   listPods: async () =>
 *     (await platform.list(selector)).flatMap(({ pods, release }) =>
 *       pods.map((pod) => ({ pod, release })),
 *     ),
 *   metrics: ['http_requests_total', 'http_request_duration_seconds'],
 *   timeoutMs: 2000,
 * });
 * const { samples, targets } = await observer.look();
 */
export function directObserver(options: DirectObserverOptions): Observer {
  const { listPods, metrics, timeoutMs, urlOf = podUrl } = options;
  const { fetch = globalThis.fetch, maxBytes = 4 * 2 ** 20, clock = Date.now } = options;
  const wanted = wantedSeries(metrics);
  return {
    async look(signal) {
      signal?.throwIfAborted();
      const found = (await listPods()).flatMap((released) => find(released, urlOf));
      found.sort((a, b) => (a.pod.name < b.pod.name ? -1 : 1));
      const at = clock();
      const scrapes = await withDeadline(timeoutMs, signal, (within) =>
        Promise.all(found.map(({ to }) => scrape(to, { fetch, signal: within, maxBytes, clock }))),
      );
      signal?.throwIfAborted();
      // Read only now: reading one answer would delay the time that is noted for the next.
      const readings = scrapes.map((one, index) => read(found[index]!, one, wanted));
      return lookOf(at, readings);
    },
  };
}

function find(released: ReleasedPod, urlOf: (pod: Pod) => ScrapeUrl | undefined): Found[] {
  const { pod } = released;
  const finished = pod.phase === 'Succeeded' || pod.phase === 'Failed';
  if (finished || !scrapeAnnotations(pod)) return [];
  const to = urlOf(pod);
  return to ? [{ ...released, to }] : [];
}

interface Reading {
  readonly target: Target;
  readonly sample: PodSample | undefined;
}

function read(
  { pod, release, to, probePaths = [] }: Found,
  scraped: Scrape,
  wanted: WantedSeries,
): Reading {
  const target = { pod: pod.name, release, url: to.url };
  const down = (error: string, unanswered = false): Reading => ({
    target: {
      ...{ ...target, health: 'down', error },
      ...(unanswered && pod.ready && !pod.terminating ? { unanswered } : {}),
    },
    sample: undefined,
  });
  if (scraped.error !== undefined) return down(scraped.error, scraped.unanswered);
  try {
    const { samples, faults, metadata } = readTextFormat(scraped.text);
    const bad = faults.filter(({ name }) => name !== undefined && wanted.isWanted(name));
    const sample: PodSample = {
      ...wanted.sample({ pod: pod.name, release, at: scraped.at }, samples),
      restarts: pod.restarts,
      ready: pod.ready,
      ownPaths: [scrapeAnnotations(pod)?.path ?? '', ...probePaths].filter(Boolean).map(pathOnly),
      ...(wanted.isAll ? { metadata: Object.fromEntries(metadata) } : {}),
      ...(bad.length > 0 ? { faults: bad.slice(0, TOLD).map(({ message }) => message) } : {}),
    };
    return { target: { ...target, health: 'up', error: undefined }, sample };
  } catch (error) {
    return down(messageOf(error));
  }
}

/** Bad lines of one pod that are told. */
const TOLD = 3;

/** What a path is in a label: without its query. */
function pathOnly(path: string): string {
  return path.replace(/\?.*$/s, '');
}

function lookOf(at: number, readings: readonly Reading[]): Look {
  return {
    at,
    targets: readings.map(({ target }) => target),
    samples: readings.flatMap(({ sample }) => sample ?? []),
  };
}
