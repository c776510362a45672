import type { Platform, WorkloadRef } from '@canary/rollout';
import { templatePatch } from './admitted-template.ts';
import { applyObject, FIELD_MANAGER } from './apply-object.ts';
import { connectCluster, type Cluster, type ClusterOptions } from './cluster.ts';
import { KubernetesError } from './kubernetes-error.ts';
import { listWorkloads } from './list-workloads.ts';
import { deploymentsPath, resourcePaths } from './resource-path.ts';
import { watchWorkloads } from './watch-workloads.ts';

/** A {@link Platform} on a Kubernetes cluster. */
export interface KubernetesPlatform extends Platform {
  /** The way to the cluster, for the store, the lease and all else that asks the same one. */
  readonly cluster: Cluster;
  /** Closes the connections; watches that go on end with an error. */
  close(): Promise<void>;
}

/**
 * Runs workloads on the cluster that a kubeconfig names, through its API alone: no kubectl.
 *
 * @throws {@link KubernetesError} where the kubeconfig names no cluster
 *
 * @example
 * const platform = kubernetesPlatform({ context: 'kind-canary' });
 * const releases = await platform.list({ namespace: 'canary', labels: { appname: 'myapp' } });
 * await platform.close();
 */
export function kubernetesPlatform(options: ClusterOptions = {}): KubernetesPlatform {
  const cluster = connectCluster(options);
  const pathOf = resourcePaths(cluster);

  return {
    cluster,
    apply: async (objects) => {
      for (const object of objects) await applyObject(cluster, pathOf, object);
    },
    list: (selector) => listWorkloads(cluster, selector),
    scale: async (workload, replicas, uid) => {
      await cluster.request({
        asked: `scale ${display(workload)} to ${replicas} replicas`,
        method: 'PATCH',
        path: `${deploymentsPath(workload.namespace, workload.name)}/scale`,
        query: { fieldManager: FIELD_MANAGER },
        contentType: 'application/merge-patch+json',
        body: { ...(uid === undefined ? {} : { metadata: { uid } }), spec: { replicas } },
      });
    },
    setTemplate: async (workload, template, uid) => {
      await cluster.request({
        asked: `give ${display(workload)} another pod template`,
        method: 'PATCH',
        path: deploymentsPath(workload.namespace, workload.name),
        query: { fieldManager: FIELD_MANAGER },
        contentType: 'application/json-patch+json',
        body: templatePatch({ template, uid }),
      });
    },
    remove: async (workload, uid) => {
      const removed = cluster.request({
        asked: `remove ${display(workload)}`,
        method: 'DELETE',
        path: deploymentsPath(workload.namespace, workload.name),
        body: {
          propagationPolicy: 'Background',
          ...(uid === undefined ? {} : { preconditions: { uid } }),
        },
      });
      await removed.catch((error: unknown) => {
        if (!(error instanceof KubernetesError) || error.failure !== 'not-found') throw error;
      });
    },
    watch: (selector, signal) => watchWorkloads(cluster, selector, signal),
    close: () => cluster.close(),
  };
}

function display({ namespace, name }: WorkloadRef): string {
  return `Deployment ${namespace}/${name}`;
}
