import type { Deployment, PodObject } from './api-objects.ts';
import type { Cluster } from './cluster.ts';
import { follow, type FollowOptions } from './follow.ts';
import { podSelector, podSelectors } from './pod-selectors.ts';
import { corePath } from './resource-path.ts';

/** Follows the pods of Deployments that come and go. */
export interface PodsFollowed {
  /** The pods as they are; undefined until all of these Deployments have been listed. */
  readonly pods: () => readonly PodObject[] | undefined;
  /** From now on the pods of these are followed; what is followed already goes on. */
  readonly of: (deployments: readonly Deployment[]) => void;
  /** Rejects where the API server goes on refusing; does not end before it is aborted. */
  readonly failure: Promise<never>;
}

/**
 * Watches the pods of some Deployments, and no others of the namespace. Where a Deployment comes
 * that the watches do not cover, new ones take their place; where one goes they stay, since there is
 * nothing more to be sent for it.
 *
 * @param changed called after each change
 */
export function followPods(
  cluster: Cluster,
  options: Omit<FollowOptions, 'path' | 'query'> & { readonly namespace: string },
  changed: () => void,
): PodsFollowed {
  const { namespace, signal } = options;
  let covered = new Set<string>();
  let states: (ReadonlyMap<string, PodObject> | undefined)[] = [];
  let current = new AbortController();
  let fail: (error: unknown) => void = () => undefined;
  const failure = new Promise<never>((_, reject) => (fail = reject));
  failure.catch(() => undefined);

  async function each(
    labelSelector: string,
    index: number,
    into: typeof states,
    ended: AbortSignal,
  ) {
    const query = labelSelector === '' ? {} : { labelSelector };
    const path = corePath('pods', namespace);
    const inner = AbortSignal.any([signal, ended]);
    for await (const pods of follow<PodObject>(cluster, {
      ...options,
      path,
      query,
      signal: inner,
    })) {
      into[index] = pods;
      changed();
    }
  }

  return {
    failure,
    pods: () => {
      const listed = states.filter((state) => state !== undefined);
      if (listed.length < states.length) return undefined;
      return [...new Map(listed.flatMap((state) => [...state])).values()];
    },
    of: (deployments) => {
      if (deployments.every((deployment) => covered.has(podSelector(deployment)))) return;
      current.abort();
      current = new AbortController();
      covered = new Set(deployments.map(podSelector));
      const selectors = podSelectors(deployments);
      states = selectors.map(() => undefined);
      for (const [index, selector] of selectors.entries())
        void each(selector, index, states, current.signal).catch(fail);
    },
  };
}
