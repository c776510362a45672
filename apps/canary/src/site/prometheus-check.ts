import type { Cluster } from '@canary/kubernetes';
import { podOfTarget, prometheusApi } from '@canary/observation';
import { prometheusService } from './prometheus-service.ts';

/** So many targets are named; of more, their number. */
const NAMED = 10;

/**
 * How many targets of the namespace's Prometheus are UP. Pods that are gone, or told to leave, do not
 * count: Prometheus knows them a while longer, and nothing is to be done about them.
 *
 * @throws an `Error` that names those that are DOWN, each with its reason
 */
export async function lookAtPrometheus(cluster: Cluster, namespace: string): Promise<string> {
  const known = await prometheusApi(await prometheusService(cluster, namespace)).targets();
  // After the targets: a pod that came in between is not taken for one that left.
  const staying = await stayingPods(cluster, namespace);
  const targets = known.filter(({ labels }) => {
    const pod = podOfTarget(labels);
    return pod?.namespace !== namespace || staying.has(pod.name);
  });
  const down = targets.filter(({ health }) => health !== 'up');
  const up = `${targets.length - down.length} of ${targets.length} targets are UP`;
  if (down.length === 0) return up;
  const told = down
    .slice(0, NAMED)
    .map(({ scrapeUrl, lastError }) => `${scrapeUrl}: ${lastError || 'not scraped yet'}`);
  if (down.length > NAMED) told.push(`and ${down.length - NAMED} more`);
  throw new Error(`${up}: ${told.join('; ')}`);
}

interface PodList {
  readonly items: readonly {
    readonly metadata: { readonly name: string; readonly deletionTimestamp?: string };
  }[];
}

async function stayingPods(cluster: Cluster, namespace: string): Promise<ReadonlySet<string>> {
  const { items } = await cluster.request<PodList>({
    asked: `list the pods in namespace ${namespace}`,
    path: `/api/v1/namespaces/${namespace}/pods`,
  });
  const staying = items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
  return new Set(staying.map(({ metadata }) => metadata.name));
}
