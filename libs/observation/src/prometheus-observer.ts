import type { Look, Observer, Target } from '@canary/rollout';
import { newestScrapes } from './newest-scrapes.ts';
import { prometheusApi, type ActiveTarget, type PrometheusApiOptions } from './prometheus-api.ts';
import { promqlLabelName, promqlMatchers, promqlRange } from './promql.ts';
import { NAMESPACE, ownLabelsOf, POD, RELEASE } from './target-labels.ts';
import { wantedSeries } from './wanted-series.ts';

/** What {@link prometheusObserver} is told, besides which server it asks and how. */
export interface PrometheusObserverOptions extends PrometheusApiOptions {
  /** The namespace of the app. */
  readonly namespace: string;
  /** Labels of the app's pods, such as `{ appname: 'myapp' }`; every one has to match. */
  readonly selector: Readonly<Record<string, string>>;
  /** Names of the counters, histograms and summaries to look at. */
  readonly metrics: readonly string[];
  /** A pod whose last scrape is longer ago is not there: three scrape intervals, say. */
  readonly lookbackSeconds: number;
  /** Milliseconds since the Unix epoch. */
  readonly clock?: () => number;
}

/**
 * Looks at the pods through a Prometheus server that scrapes them: raw samples with their own times,
 * never `rate()` or `increase()`, which extrapolate and blur resets. All series are asked for in one
 * query, so that no scrape falls between two halves of a look.
 *
 * The scrape configuration has to give the labels `kubernetes_namespace`, `kubernetes_pod_name` and
 * those of the pod, `release` among them; what it added is taken off the series again. Pods are
 * scraped at different phases, so that their samples differ in `at`. A pod that has gone, or is down,
 * keeps its last sample until that is older than the lookback.
 *
 * @example
 * const observer = prometheusObserver({
 *   url: 'http://127.0.0.1:9090',
 *   namespace: 'default',
 *   selector: { appname: 'myapp' },
 *   metrics: ['http_requests_total'],
 *   lookbackSeconds: 30,
 * });
 * const { samples, targets } = await observer.look();
 */
export function prometheusObserver(options: PrometheusObserverOptions): Observer {
  const { metrics, lookbackSeconds, clock = Date.now } = options;
  const api = prometheusApi(options);
  const wanted = wantedSeries(metrics);
  const wantedLabels = labelsOf(options);
  const query = `{${wanted.matchers},${promqlMatchers(wantedLabels)}}${promqlRange(lookbackSeconds)}`;

  const isWanted = ofApp(options);

  return {
    async look(signal): Promise<Look> {
      const at = clock();
      const [result, active] = await Promise.all([api.query(query, signal), api.targets(signal)]);
      if (result.type !== 'matrix')
        throw new Error(`${query} gave a ${result.type} where a matrix was expected`);
      const targets = active.filter(isWanted);
      const ownLabels = ownLabelsOf(targets);
      const samples = newestScrapes(result.series).map(({ pod, at, series }) => {
        const release = series[0]?.labels[RELEASE] ?? '';
        const exposed = series.map((one) => ({ ...one, labels: ownLabels(one.labels) }));
        return wanted.sample({ pod, release, at }, exposed);
      });
      return { at, samples: samples.sort(byPod), targets: targets.map(targetOf).sort(byPod) };
    },
  };
}

/** The targets of an app's pods, as a Prometheus server has them; see {@link prometheusObserver}. */
export function prometheusTargets(
  options: PrometheusApiOptions & AppLabels,
): (signal?: AbortSignal) => Promise<readonly Target[]> {
  const api = prometheusApi(options);
  const isWanted = ofApp(options);
  return async (signal) => (await api.targets(signal)).filter(isWanted).map(targetOf).sort(byPod);
}

type AppLabels = Pick<PrometheusObserverOptions, 'namespace' | 'selector'>;

function labelsOf({ namespace, selector }: AppLabels) {
  return Object.entries({ [NAMESPACE]: namespace, ...selector }).map(
    ([name, value]) => [promqlLabelName(name), value] as const,
  );
}

function ofApp(app: AppLabels): (target: ActiveTarget) => boolean {
  const wanted = labelsOf(app);
  return ({ labels }) => wanted.every(([name, value]) => labels[name] === value);
}

function targetOf({ labels, scrapeUrl, health, lastError }: ActiveTarget): Target {
  return {
    pod: labels[POD] ?? '',
    release: labels[RELEASE] ?? '',
    url: scrapeUrl,
    health,
    error: lastError === '' ? undefined : lastError,
  };
}

function byPod(a: { pod: string }, b: { pod: string }): number {
  return a.pod < b.pod ? -1 : 1;
}
