import { directObserver, type DirectObserverOptions, type ReleasedPod } from '@canary/observation';
import type { Observer, Platform, Selector } from '@canary/rollout';

/** How long a look waits for its slowest pod. */
const SCRAPE_TIMEOUT_MS = 2000;

/** How the pods are reached, and which of their metrics are looked at: requests, unless others are named. */
type Way = Omit<Partial<DirectObserverOptions>, 'metrics'> & {
  readonly metrics?: readonly string[] | undefined;
};

/** Looks at the pods of the workloads selected, each scraped directly. */
export function scrapingObserver(
  platform: Platform,
  selector: Selector,
  { metrics = ['http_requests_total'], ...way }: Way = {},
): Observer {
  return directObserver({
    listPods: async (): Promise<ReleasedPod[]> =>
      (await platform.list(selector)).flatMap(({ pods, release }) =>
        pods.map((pod) => ({ pod, release })),
      ),
    metrics,
    timeoutMs: SCRAPE_TIMEOUT_MS,
    ...way,
  });
}
