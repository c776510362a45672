import type { Target } from '@canary/rollout';
import type { ActiveTarget } from './prometheus-api.ts';
import { podOfTarget, RELEASE, type Labels } from './target-labels.ts';

/** A pod of which the platform says what release it is of. */
export interface KnownPod {
  readonly name: string;
  readonly release: string;
  /** Where it may be scraped, such as `10.244.1.7:5555`: what Prometheus calls its `instance`. */
  readonly addresses: readonly string[];
}

/** The pods that there are now. */
export type KnownPods = () => Promise<readonly KnownPod[]>;

/** Finds the pod that labels of a target or series are of; undefined where it is none of those known. */
export type PodFinder = (labels: Labels) => KnownPod | undefined;

/**
 * Finds pods by their names and namespace; or where the labels name no pod at all, by the very address
 * and port that is scraped: a node's pods may share the address alone.
 */
export function podFinder(namespace: string, pods: readonly KnownPod[]): PodFinder {
  const byName = new Map(pods.map((pod) => [pod.name, pod]));
  const byAddress = new Map(
    pods.flatMap((pod) => pod.addresses.map((address) => [address, pod] as const)),
  );
  return (labels) => {
    const named = podOfTarget(labels);
    if (named) return named.namespace === namespace ? byName.get(named.name) : undefined;
    return byAddress.get(labels['instance'] ?? '');
  };
}

/** The targets of known pods, sorted by their names. */
export function targetsOfPods(
  find: PodFinder,
  active: readonly ActiveTarget[],
): readonly { readonly active: ActiveTarget; readonly target: Target }[] {
  return active
    .flatMap((one) => {
      const pod = find(one.labels);
      return pod ? [{ active: one, target: targetOf(one, pod) }] : [];
    })
    .sort((a, b) => byPod(a.target, b.target));
}

/** A target as Prometheus has it, of the pod and release that its labels name where none is given. */
export function targetOf(
  { labels, scrapeUrl, health, lastError }: ActiveTarget,
  pod?: Pick<KnownPod, 'name' | 'release'>,
): Target {
  return {
    pod: pod?.name ?? podOfTarget(labels)?.name ?? '',
    release: pod?.release ?? labels[RELEASE] ?? '',
    url: scrapeUrl,
    health,
    error: lastError === '' ? undefined : lastError,
  };
}

export function byPod(a: { pod: string }, b: { pod: string }): number {
  return a.pod < b.pod ? -1 : 1;
}
