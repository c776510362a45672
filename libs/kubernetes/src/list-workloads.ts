import type { Selector, Workload } from '@canary/rollout';
import type { ApiList, Deployment, PodObject } from './api-objects.ts';
import type { Cluster } from './cluster.ts';
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
  const deployments = await cluster.request<ApiList<Deployment>>({
    asked,
    path: deploymentsPath(namespace),
    query: labelQuery(selector),
  });
  const items = ofNames(selector, deployments.items);
  if (items.length === 0) return [];
  const path = corePath('pods', namespace);
  const pods = await cluster.request<ApiList<PodObject>>({ asked, path });
  return workloadsOf(items, pods.items);
}

/** Those of the selector's names, where it has some. */
export function ofNames({ names }: Selector, all: readonly Deployment[]): readonly Deployment[] {
  return names ? all.filter(({ metadata }) => names.includes(metadata.name ?? '')) : all;
}

/** The selector's labels as a query. */
export function labelQuery({ labels }: Selector): Record<string, string> {
  const labelSelector = Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');
  return labelSelector === '' ? {} : { labelSelector };
}

/** What is asked, as an error says it. */
export function askedOf(selector: Selector): string {
  const { labelSelector } = labelQuery(selector);
  const labelled = labelSelector === undefined ? '' : ` labelled ${labelSelector}`;
  return `list the Deployments${labelled} in namespace ${selector.namespace} and their pods`;
}
