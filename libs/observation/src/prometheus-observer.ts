import type { Look, Observer, Target } from '@canary/rollout';
import {
  byPod,
  podFinder,
  targetOf,
  targetsOfPods,
  type KnownPod,
  type KnownPods,
} from './known-pods.ts';
import { newestScrapes } from './newest-scrapes.ts';
import {
  prometheusApi,
  type ActiveTarget,
  type PrometheusApiOptions,
  type QueryResult,
} from './prometheus-api.ts';
import { promqlLabelName, promqlMatchers, promqlRange } from './promql.ts';
import {
  CONVENTIONS,
  ownLabelsOf,
  podOfTarget,
  RELEASE,
  targetKey,
  type PodLabels,
} from './target-labels.ts';
import { wantedSeries } from './wanted-series.ts';

/** What {@link prometheusObserver} is told, besides which server it asks and how. */
export interface PrometheusObserverOptions extends PrometheusApiOptions {
  /** The namespace of the app. */
  readonly namespace: string;
  /** Labels of the app's pods, such as `{ appname: 'myapp' }`; every one has to match. */
  readonly selector: Readonly<Record<string, string>>;
  /** Names of the counters, histograms and summaries to look at, or all that there are. */
  readonly metrics: readonly string[] | 'all';
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
 * The scrape configuration has to give the labels `kubernetes_namespace` and `kubernetes_pod_name`, or
 * `namespace` and `pod`, and those of the pod, `release` among them; what it added is taken off the series again. Pods are
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
  const queryBy = (by: PodLabels) =>
    `{${wanted.matchers},${promqlMatchers(labelsOf(options, by))}}${promqlRange(lookbackSeconds)}`;
  const isWanted = ofApp(options);
  let by = CONVENTIONS[0];
  let query = queryBy(by);

  return {
    async look(signal): Promise<Look> {
      const at = clock();
      const [first, active] = await Promise.all([api.query(query, signal), api.targets(signal)]);
      const targets = active.filter(isWanted);
      const found = targets.map(({ labels }) => podOfTarget(labels)?.by).find(Boolean) ?? by;
      const isOther = found !== by;
      if (isOther) query = queryBy((by = found));
      const result = isOther ? await api.query(query, signal) : first;
      if (result.type !== 'matrix')
        throw new Error(`${query} gave a ${result.type} where a matrix was expected`);
      const ownLabels = ownLabelsOf(targets);
      const paths = new Map(targets.map((one) => [podOfTarget(one.labels)?.name, pathOf(one)]));
      const stored = metrics === 'all' ? ofTargets(result.series, targets) : result.series;
      const samples = newestScrapes(stored).map(({ pod, at, series }) => {
        const release = series[0]?.labels[RELEASE] ?? '';
        const exposed = series.map((one) => ({ ...one, labels: ownLabels(one.labels) }));
        const path = paths.get(pod);
        const sample = wanted.sample({ pod, release, at }, exposed);
        return path === undefined ? sample : { ...sample, ownPaths: [path] };
      });
      return {
        at,
        samples: samples.sort(byPod),
        targets: targets.map((one) => targetOf(one)).sort(byPod),
      };
    },
  };
}

type Matrix = Extract<QueryResult, { type: 'matrix' }>['series'];

/** What rules, exporters and the kubelet say of a pod has its labels, too, and is not what it exposes. */
export function ofTargets(series: Matrix, targets: readonly ActiveTarget[]): Matrix {
  const keys = new Set(targets.map(({ labels }) => targetKey(labels)));
  return series.filter(({ labels }) => keys.has(targetKey(labels)));
}

export function pathOf({ scrapeUrl }: ActiveTarget): string | undefined {
  return URL.canParse(scrapeUrl) ? new URL(scrapeUrl).pathname : undefined;
}

/**
 * The targets of a namespace's pods, as a Prometheus server has them; with the pod's own labels or
 * without, as not every scrape configuration keeps them. Where `pods` is given, of these alone.
 */
export function prometheusTargets(
  options: PrometheusApiOptions &
    Pick<AppLabels, 'namespace'> & { readonly pods?: KnownPods | undefined },
): (signal?: AbortSignal) => Promise<readonly Target[]> {
  const api = prometheusApi(options);
  const { namespace, pods } = options;
  if (pods)
    return async (signal) => {
      const [known, active] = await Promise.all([pods(), api.targets(signal)]);
      return targetsOfPods(podFinder(namespace, known), active).map(({ target }) => target);
    };
  return async (signal) =>
    (await api.targets(signal))
      .filter(({ labels }) => podOfTarget(labels)?.namespace === namespace)
      .map((one) => targetOf(one))
      .sort(byPod);
}

/**
 * Checks that a Prometheus can say which pods are UP, before a release rests on it.
 *
 * @param pods those that it may know by their addresses alone
 * @throws an `Error` that says why it cannot, and the remedy
 */
export async function checkPrometheus(
  options: PrometheusApiOptions,
  pods: readonly KnownPod[] = [],
): Promise<void> {
  const targets = await prometheusApi(options).targets();
  if (targets.length === 0 || targets.some(({ labels }) => podOfTarget(labels))) return;
  if (targetsOfPods(podFinder('', pods), targets).length > 0) return;
  const there = [...new Set(targets.flatMap(({ labels }) => Object.keys(labels)))].sort();
  const wanted = CONVENTIONS.map(({ namespace, pod }) => `${namespace} and ${pod}`).join(', or ');
  throw new Error(
    `Prometheus at ${options.url} has no target that names its pod by the labels ${wanted} (there: ${there.join(', ') || 'none'}): have its scrape configuration add them, name another by --prometheus <url>, or say --prometheus none`,
  );
}

type AppLabels = Pick<PrometheusObserverOptions, 'namespace' | 'selector'>;

function labelsOf({ namespace, selector }: AppLabels, by: PodLabels) {
  return Object.entries({ [by.namespace]: namespace, ...selector }).map(
    ([name, value]) => [promqlLabelName(name), value] as const,
  );
}

function ofApp(app: AppLabels): (target: ActiveTarget) => boolean {
  const wanted = CONVENTIONS.map((by) => labelsOf(app, by));
  return ({ labels }) => wanted.some((all) => all.every(([name, value]) => labels[name] === value));
}
