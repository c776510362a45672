import type { Selector, Workload } from '@canary/rollout';
import type { ApiList, Deployment, PodObject } from './api-objects.ts';
import type { Cluster } from './cluster.ts';
import { podSelectors } from './pod-selectors.ts';
import { corePath, deploymentsPath } from './resource-path.ts';
import { workloadsOf } from './workload.ts';

/** The matching Deployments with their pods. */
export async function listWorkloads(
  cluster: Cluster,
  selector: Selector,
): Promise<readonly Workload[]> {
  const asked = askedOf(selector);
  const { namespace } = selector;
  // The pods last: a Deployment's status is never ahead of the pods shown with it.
  const found = await Promise.all(
    deploymentQueries(selector).map((query) =>
      cluster.request<ApiList<Deployment>>({ asked, path: deploymentsPath(namespace), query }),
    ),
  );
  const items = found.flatMap((list) => list.items);
  if (items.length === 0) return [];
  const path = corePath('pods', namespace);
  const lists = await Promise.all(
    podSelectors(items).map((labelSelector) =>
      cluster.request<ApiList<PodObject>>({
        asked,
        path,
        query: labelSelector === '' ? {} : { labelSelector },
      }),
    ),
  );
  const pods = lists.flatMap(({ items }) => items.map((pod) => [pod.metadata.name, pod] as const));
  return workloadsOf(items, [...new Map(pods).values()]);
}

/** The queries that find the selector's Deployments: one, or one for each of its names. */
export function deploymentQueries(selector: Selector): readonly Record<string, string>[] {
  const labels = labelQuery(selector);
  const { names } = selector;
  return names
    ? names.map((name) => ({ ...labels, fieldSelector: `metadata.name=${name}` }))
    : [labels];
}

/** The selector's labels as a query. */
function labelQuery({ labels }: Selector): Record<string, string> {
  const labelSelector = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return labelSelector === '' ? {} : { labelSelector };
}

/** What is asked, as an error says it. */
export function askedOf(selector: Selector): string {
  const { labelSelector } = labelQuery(selector);
  const labelled = labelSelector === undefined ? '' : ` labelled ${labelSelector}`;
  const named = selector.names ? ` ${selector.names.join(', ')}` : '';
  return `list the Deployments${named}${labelled} in namespace ${selector.namespace} and their pods`;
}
