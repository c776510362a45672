import { releaseNameOf, type PodTemplate } from '@canary/release';
import { releaseOfPod, type Naming, type Platform, type Workload } from '@canary/rollout';
import type { Sight } from './shared-sight.ts';

/** What the pods of a release in place are told apart by; changes with the release that is started. */
export interface ReleaseNames {
  naming: Naming | undefined;
  /** Deployments are known by their names, and need no label for their releases. */
  readonly isInPlace: boolean;
}

/**
 * The platform with every workload and pod under the name of its release, where they carry none of
 * their own: by the owner of a pod and the template it was made from.
 */
export function namedPlatform(platform: Platform, names: ReleaseNames | undefined): Platform {
  if (!names?.isInPlace) return platform;
  const { list } = namedSight(platform, names);
  return {
    apply: (objects) => platform.apply(objects),
    scale: (...args) => platform.scale(...args),
    setTemplate: (...args) => platform.setTemplate(...args),
    remove: (...args) => platform.remove(...args),
    list,
    watch: async function* (selector, signal) {
      for await (const workloads of platform.watch(selector, signal))
        yield namedBy(names, workloads);
    },
  };
}

/** The same of one that looks and does nothing. */
export function namedSight(sight: Sight, names: ReleaseNames | undefined): Sight {
  if (!names?.isInPlace) return sight;
  return { list: async (selector) => namedBy(names, await sight.list(selector)) };
}

function namedBy({ naming }: ReleaseNames, workloads: readonly Workload[]): readonly Workload[] {
  return workloads.map((workload) => namedWorkload(workload, naming));
}

const NOTHING: PodTemplate = { spec: { containers: [] } };

function namedWorkload(workload: Workload, naming: Naming | undefined): Workload {
  const own = { ...workload, release: nameOf(workload) };
  const pods = workload.pods.map((pod) => ({ ...pod, release: releaseOfPod(own, pod, naming) }));
  // Of several releases a workload is called by the one that it goes to.
  const youngest = pods.findLast(({ terminating }) => !terminating)?.release;
  return {
    ...own,
    release: youngest ?? releaseOfPod(own, { templateHash: undefined }, naming),
    pods,
  };
}

/** What a workload is called that no release is known of: by its labels, its image's tag, or its template. */
function nameOf({ object }: Workload): string {
  const { template } = object['spec'] as { readonly template: PodTemplate };
  return releaseNameOf(NOTHING, template);
}
