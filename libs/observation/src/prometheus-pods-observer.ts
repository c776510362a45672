import type { Look, Observer } from '@canary/rollout';
import { podFinder, targetsOfPods, type KnownPod, type KnownPods } from './known-pods.ts';
import { newestScrapes } from './newest-scrapes.ts';
import { prometheusApi, type QueryResult } from './prometheus-api.ts';
import { ofTargets, pathOf, type PrometheusObserverOptions } from './prometheus-observer.ts';
import { promqlMatchers, promqlRange, promqlString } from './promql.ts';
import { CONVENTIONS, ownLabelsOf, podOfTarget, type PodLabels } from './target-labels.ts';
import { wantedSeries } from './wanted-series.ts';

/** What {@link prometheusPodsObserver} is told. */
export interface PrometheusPodsOptions extends Omit<PrometheusObserverOptions, 'selector'> {
  /** The pods to look at, as they are now; asked at every look. */
  readonly pods: KnownPods;
}

/** How a scrape configuration names pods; by nothing but the address that is scraped. */
type Naming = PodLabels | 'instance';

/**
 * As `prometheusObserver`, of pods that no label of Prometheus tells apart from others or from each
 * other: they are found by their names, and the platform says of which release they are. Only series
 * of these pods' own targets count: what exporters and rules say of a pod has its name, too.
 *
 * @example
 * const pods = async () => [{ name: 'shop-5d9c-x7', release: '1.0.0', addresses: [] }];
 * const observer = prometheusPodsObserver({
 *   url: 'http://127.0.0.1:9090',
 *   namespace: 'default',
 *   pods,
 *   metrics: 'all',
 *   lookbackSeconds: 30,
 * });
 */
export function prometheusPodsObserver(options: PrometheusPodsOptions): Observer {
  const { namespace, metrics, lookbackSeconds, clock = Date.now } = options;
  const api = prometheusApi(options);
  const wanted = wantedSeries(metrics);
  const range = promqlRange(lookbackSeconds);
  let by: Naming = CONVENTIONS[0];

  return {
    async look(signal): Promise<Look> {
      const at = clock();
      const pods = await options.pods();
      if (pods.length === 0) return { at, samples: [], targets: [] };
      const ask = (naming: Naming) =>
        api.query(`{${wanted.matchers},${matchersOf(naming, namespace, pods)}}${range}`, signal);
      const [first, all] = await Promise.all([ask(by), api.targets(signal)]);
      const find = podFinder(namespace, pods);
      const targets = targetsOfPods(find, all);
      const active = targets.map((one) => one.active);
      const found = active[0] && namingOf(active[0].labels);
      const isOther = found !== undefined && found !== by;
      if (isOther) by = found;
      const series = matrixOf(isOther ? await ask(by) : first);
      const ownLabels = ownLabelsOf(active);
      const paths = new Map(targets.map((one) => [one.target.pod, pathOf(one.active)]));
      const releases = new Map(pods.map(({ name, release }) => [name, release]));
      const samples = newestScrapes(ofTargets(series, active), (labels) => find(labels)?.name).map(
        ({ pod, at, series }) => {
          const exposed = series.map((one) => ({ ...one, labels: ownLabels(one.labels) }));
          const release = releases.get(pod) ?? '';
          const path = paths.get(pod);
          const sample = wanted.sample({ pod, release, at }, exposed);
          return path === undefined ? sample : { ...sample, ownPaths: [path] };
        },
      );
      return {
        at,
        samples: samples.sort((a, b) => (a.pod < b.pod ? -1 : 1)),
        targets: targets.map(({ target }) => target),
      };
    },
  };
}

function namingOf(labels: Parameters<typeof podOfTarget>[0]): Naming {
  return podOfTarget(labels)?.by ?? 'instance';
}

/** Of these pods alone: a namespace may have hundreds of others. */
function matchersOf(naming: Naming, namespace: string, pods: readonly KnownPod[]): string {
  const addresses = pods.flatMap((pod) => pod.addresses);
  // An empty pattern would match whatever has no such label.
  if (naming === 'instance' && addresses.length > 0) return oneOf('instance', addresses);
  const labels = naming === 'instance' ? CONVENTIONS[0] : naming;
  const names = pods.map(({ name }) => name);
  return `${promqlMatchers([[labels.namespace, namespace]])},${oneOf(labels.pod, names)}`;
}

/** @see https://github.com/google/re2/wiki/Syntax */
function oneOf(label: string, values: readonly string[]): string {
  const escaped = [...values].sort().map((value) => value.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'));
  return `${label}=~${promqlString(escaped.join('|'))}`;
}

function matrixOf(result: QueryResult) {
  if (result.type === 'matrix') return result.series;
  throw new Error(`Prometheus gave a ${result.type} where a matrix was expected`);
}
