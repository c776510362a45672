import type { Pod } from '@canary/rollout';
import { readyPod } from '@canary/testing';
import type { ReleasedPod } from '../direct-observer.ts';

/** A ready pod of release 1.0.0 that asks to be scraped at that address, but for what `own` says. */
export function podAt(
  address: string | undefined,
  own: Partial<Pod> & { release?: string } = {},
): ReleasedPod {
  const { release = '1.0.0', ...fields } = own;
  const pod: Pod = {
    ...readyPod('pod'),
    labels: { appname: 'myapp', release },
    annotations: { 'prometheus.io/scrape': 'true' },
    node: 'node',
    scrapeAddress: address,
    ...fields,
  };
  return { pod, release };
}
