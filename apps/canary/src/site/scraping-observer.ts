import {
  directObserver,
  scrapedAt,
  type DirectObserverOptions,
  type ReleasedPod,
  type ScrapeWish,
} from '@canary/observation';
import { hasEnded, type Observer, type Selector } from '@canary/rollout';
import { probePathsOf } from './probe-paths.ts';
import type { Sight } from './shared-sight.ts';

/** How long a look waits for its slowest pod. */
const SCRAPE_TIMEOUT_MS = 2000;

/** Looks at the pods of the workloads selected, each scraped directly: where it says, or at `at`. */
export function scrapingObserver(
  sight: Sight,
  selector: Selector,
  way: Partial<DirectObserverOptions> = {},
  at?: ScrapeWish,
): Observer {
  return directObserver({
    listPods: async (): Promise<ReleasedPod[]> =>
      (await sight.list(selector)).flatMap(({ pods, release, object }) => {
        const probePaths = probePathsOf(object);
        return (
          pods
            // What is left of one that has ended cannot answer, and is nobody's fault.
            .filter((pod) => !hasEnded(pod))
            .map((pod) => ({
              pod: at ? scrapedAt(pod, at) : pod,
              release: pod.release ?? release,
              probePaths,
            }))
        );
      }),
    metrics: ['http_requests_total'],
    timeoutMs: SCRAPE_TIMEOUT_MS,
    ...way,
  });
}
