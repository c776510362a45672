import { scrapedAt, type KnownPod, type ScrapeWish } from '@canary/observation';
import { hasEnded, type Selector } from '@canary/rollout';
import type { Sight } from './shared-sight.ts';

/** The pods of the workloads selected, each under its release and where it is scraped, at `at` or where it says. */
export async function knownPods(
  sight: Sight,
  selector: Selector,
  at?: ScrapeWish,
): Promise<KnownPod[]> {
  return (await sight.list(selector)).flatMap(({ pods, release }) =>
    pods
      .filter((pod) => !hasEnded(pod))
      .map((pod) => {
        const { scrapeAddress } = at ? scrapedAt(pod, at) : pod;
        const addresses = [scrapeAddress, ...Object.values(pod.ports ?? {})];
        return {
          name: pod.name,
          release: pod.release ?? release,
          addresses: [...new Set(addresses.filter((one) => one !== undefined))],
        };
      }),
  );
}
