import type { PlatformObject } from '@canary/rollout';
import type { Cluster } from './cluster.ts';
import { KubernetesError } from './kubernetes-error.ts';

interface ResourceList {
  readonly resources: readonly { name: string; kind: string; namespaced: boolean }[];
}

/** Finds where the API server keeps an object. */
export type ResourcePath = (object: PlatformObject, asked: string) => Promise<string>;

/**
 * Paths of objects of any kind, as the cluster itself says; it is asked once for every API version,
 * and again where it did not know a kind.
 */
export function resourcePaths(cluster: Cluster): ResourcePath {
  const known = new Map<string, ResourceList>();

  async function discover(apiVersion: string, asked: string): Promise<ResourceList> {
    const path = rootOf(apiVersion);
    const list = await cluster.request<ResourceList>({ asked, path }).catch((error: unknown) => {
      if (error instanceof KubernetesError && error.failure === 'not-found')
        return { resources: [] };
      throw error;
    });
    known.set(apiVersion, list);
    return list;
  }

  return async ({ apiVersion, kind, metadata }, asked) => {
    const find = ({ resources }: ResourceList) =>
      resources.find((resource) => resource.kind === kind && !resource.name.includes('/'));
    const resource =
      find(known.get(apiVersion) ?? { resources: [] }) ?? find(await discover(apiVersion, asked));
    if (!resource)
      throw new KubernetesError(
        'rejected',
        `cannot ${asked}: the cluster knows no kind "${kind}" in ${apiVersion}; see kubectl api-resources`,
      );
    const { namespace = cluster.namespace, name } = metadata;
    return [
      rootOf(apiVersion),
      ...(resource.namespaced ? ['namespaces', encodeURIComponent(namespace)] : []),
      resource.name,
      encodeURIComponent(name),
    ].join('/');
  };
}

/** Where the Deployments of a namespace are, or one of them. */
export function deploymentsPath(namespace: string, name?: string): string {
  const all = `/apis/apps/v1/namespaces/${encodeURIComponent(namespace)}/deployments`;
  return name === undefined ? all : `${all}/${encodeURIComponent(name)}`;
}

/** Where the core objects of a kind are, or one of them: `pods`, `configmaps`, `events`. */
export function corePath(kind: string, namespace: string, name?: string): string {
  const all = `/api/v1/namespaces/${encodeURIComponent(namespace)}/${kind}`;
  return name === undefined ? all : `${all}/${encodeURIComponent(name)}`;
}

function rootOf(apiVersion: string): string {
  return `/${apiVersion.includes('/') ? 'apis' : 'api'}/${apiVersion}`;
}
