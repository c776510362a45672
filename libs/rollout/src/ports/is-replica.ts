import type { Pod } from './platform.ts';

/**
 * Whether a pod counts as one of its workload's replicas: not one that was told to leave, and not
 * what is left of one that has ended (evicted, completed), which its controller has replaced.
 */
export function isReplica({ terminating, phase }: Pick<Pod, 'terminating' | 'phase'>): boolean {
  return !terminating && phase !== 'Failed' && phase !== 'Succeeded';
}
