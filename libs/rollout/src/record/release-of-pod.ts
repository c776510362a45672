import type { Pod, Workload } from '../ports/platform.ts';
import type { RolloutRecord } from './record.ts';

/** What tells the pods of a rollout apart. */
export type Naming = Pick<RolloutRecord, 'stable' | 'canary' | 'ownTemplateHash'>;

/**
 * Which release a pod is of: by the workload that owns it, and in a release in place, where the stable
 * workload takes the new template over, by the template that it was made from.
 */
export function releaseOfPod(
  { ref, release }: Pick<Workload, 'ref' | 'release'>,
  { templateHash }: Pick<Pod, 'templateHash'>,
  naming: Naming | undefined,
): string {
  if (!naming) return release;
  const { stable, canary, ownTemplateHash } = naming;
  if (ref.name === canary.ref.name) return canary.release;
  if (ref.name !== stable.ref.name) return release;
  const isOwn = ownTemplateHash === undefined || templateHash === ownTemplateHash;
  return isOwn ? stable.release : canary.release;
}
