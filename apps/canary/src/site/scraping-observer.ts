import { directObserver, type DirectObserverOptions, type ReleasedPod } from '@canary/observation';
import { hasEnded, type Observer, type Platform, type Selector } from '@canary/rollout';

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
      (await platform.list(selector)).flatMap(({ pods, release }) =>
        // What is left of one that has ended cannot answer, and is nobody's fault.
        pods.filter((pod) => !hasEnded(pod)).map((pod) => ({ pod, release })),
      ),
    metrics: ['http_requests_total'],
    timeoutMs: SCRAPE_TIMEOUT_MS,
    ...way,
  });
}
