import type { LivePods, LiveTarget } from '@canary/manifests';
import type { Target, Workload } from '@canary/rollout';
import type { Io, Options } from '../command.ts';
import { siteOptionsOf } from '../site/site-options.ts';

/** One look at a namespace. */
interface Seen {
  readonly workloads: readonly Workload[];
  readonly targets: readonly Target[];
}

/**
 * The way to the pods that run where the options say, each namespace looked at once. Objects that
 * name no namespace are in that of the options. A Deployment without a ready pod is told on standard
 * error: that nothing was found there says nothing.
 */
export function livePods(io: Io, options: Options): LivePods {
  const unnamed = siteOptionsOf(io, options).namespace ?? 'default';
  const seen = new Map<string, Promise<Seen>>();
  const look = (namespace: string) => {
    const before = seen.get(namespace) ?? lookAt(io, options, namespace);
    seen.set(namespace, before);
    return before;
  };
  return {
    targetsOf: async ({ namespace: own, name }) => {
      const namespace = own === '' ? unnamed : own;
      const { workloads, targets } = await look(namespace);
      const found = targetsOf(workloads, targets, name);
      if (found.length === 0) {
        io.err(
          `canary: Deployment ${namespace}/${name} has no ready pod to ask for its metrics: apply it, or name another --namespace`,
        );
      }
      return found;
    },
  };
}

async function lookAt(io: Io, options: Options, namespace: string): Promise<Seen> {
  const site = await io.connect({ ...siteOptionsOf(io, options), namespace });
  const everything = { namespace, labels: {} };
  try {
    const workloads = await site.platform.list(everything);
    const observer = await site.observer(everything, { source: 'direct' });
    const { targets } = await observer.look(io.signal);
    return { workloads, targets };
  } finally {
    await site.close();
  }
}

/** Pods that are not ready have other troubles than the path of their metrics. */
function targetsOf(
  workloads: readonly Workload[],
  targets: readonly Target[],
  name: string,
): LiveTarget[] {
  const pods = workloads.find(({ ref }) => ref.name === name)?.pods ?? [];
  const ready = new Set(pods.filter((pod) => pod.ready && !pod.terminating).map((pod) => pod.name));
  return targets
    .filter(({ pod }) => ready.has(pod))
    .map(({ pod, url, health, error }) => ({
      pod,
      url,
      error: health === 'up' ? undefined : (error ?? 'there is no answer yet'),
    }));
}
