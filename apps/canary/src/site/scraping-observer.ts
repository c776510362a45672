import { directObserver, type DirectObserverOptions, type ReleasedPod } from '@canary/observation';
import { probePathsOf } from './probe-paths.ts';
import type { Observer, Platform, Selector } from '@canary/rollout';

/** How long a look waits for its slowest pod. */
const SCRAPE_TIMEOUT_MS = 2000;

/** Looks at the pods of the workloads selected, each scraped directly. */
export function scrapingObserver(
  platform: Platform,
  selector: Selector,
  way: Partial<DirectObserverOptions> = {},
): Observer {
  return directObserver({
    listPods: async (): Promise<ReleasedPod[]> =>
      (await platform.list(selector)).flatMap(({ pods, release, object }) => {
        const probePaths = probePathsOf(object);
        return pods.map((pod) => ({ pod, release, probePaths }));
      }),
    metrics: ['http_requests_total'],
    timeoutMs: SCRAPE_TIMEOUT_MS,
    ...way,
  });
}
