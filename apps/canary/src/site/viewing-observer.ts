import {
  gatedObserver,
  prometheusObserver,
  prometheusPodsObserver,
  prometheusTargets,
  type DirectObserverOptions,
  type PrometheusApiOptions,
} from '@canary/observation';
import type { Observer, Selector } from '@canary/rollout';
import { knownPods } from './known-pods.ts';
import { platformObserver } from './platform-observer.ts';
import { readinessObserver } from './readiness-observer.ts';
import { scrapingObserver } from './scraping-observer.ts';
import type { Sight } from './shared-sight.ts';
import type { ViewOptions } from './site.ts';

/** A pod that Prometheus has not scraped for so long is not there; three scrape intervals and more. */
const LOOKBACK_SECONDS = 60;

/** What {@link viewingObserver} is told. */
export interface Viewed {
  readonly sight: Sight;
  readonly selector: Selector;
  readonly view: ViewOptions;
  /** The way to the pods. */
  readonly way?: Partial<DirectObserverOptions>;
  /** The way to Prometheus, where there is one. */
  readonly prometheus: PrometheusApiOptions | undefined;
}

/**
 * Looks at the pods as a view wants it.
 *
 * @throws an `Error` where that needs a Prometheus, and there is none
 */
export function viewingObserver({ sight, selector, view, way, prometheus }: Viewed): Observer {
  const metrics = view.metrics ?? ['http_requests_total'];
  const { namespace, labels } = selector;
  // In place no label of Prometheus says which pods are meant, nor of which release they are.
  const pods = selector.names && (() => knownPods(sight, selector, view.scrape));
  if (view.source === 'platform') return readinessObserver(sight, selector);
  if (view.source === 'prometheus') {
    if (prometheus) {
      const of = { ...prometheus, namespace, metrics, lookbackSeconds: LOOKBACK_SECONDS };
      const observer = pods
        ? prometheusPodsObserver({ ...of, pods })
        : prometheusObserver({ ...of, selector: labels });
      return platformObserver(observer, sight, selector);
    }
    throw new Error(
      `no Prometheus is known in namespace ${namespace}: name it by --prometheus <url>, or judge from the pods directly`,
    );
  }
  const direct = scrapingObserver(sight, selector, { ...way, metrics }, view.scrape);
  if (!prometheus) return direct;
  return gatedObserver(direct, prometheusTargets({ ...prometheus, namespace, pods }), 'Prometheus');
}
