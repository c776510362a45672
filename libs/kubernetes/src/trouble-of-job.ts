import type { ApiList, PodObject } from './api-objects.ts';
import type { Cluster } from './cluster.ts';
import { podOf } from './pod.ts';
import { corePath } from './resource-path.ts';

/** Why no pod of a Job runs, in a sentence; undefined where one does. */
export async function troubleOfJob(
  cluster: Cluster,
  namespace: string,
  job: string,
): Promise<string | undefined> {
  const { items } = await cluster.request<ApiList<PodObject>>({
    asked: `list the pods of Job ${namespace}/${job}`,
    path: corePath('pods', namespace),
    query: { labelSelector: `batch.kubernetes.io/job-name=${job}` },
  });
  const pods = items.map(podOf);
  if (pods.some(({ ready }) => ready)) return undefined;
  const [pod] = pods;
  if (!pod) return `Job ${job} has no pod: see kubectl -n ${namespace} describe job ${job}`;
  const { name, reason = pod.phase, message } = pod;
  return `${name}: ${reason}${message === undefined ? '' : `: ${message}`}`;
}
