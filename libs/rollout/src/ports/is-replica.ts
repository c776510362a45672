import type { Pod } from './platform.ts';

/**
 * Whether a pod counts as one of its workload's replicas: not one that was told to leave, and not
 * what is left of one that has ended (evicted, completed), which its controller has replaced.
 */
export function isReplica(pod: Pick<Pod, 'terminating' | 'phase'>): boolean {
  return !pod.terminating && !hasEnded(pod);
}

/** Whether only the record of a pod is left: nothing runs in it, and nothing will. */
export function hasEnded({ phase }: Pick<Pod, 'phase'>): boolean {
  return phase === 'Failed' || phase === 'Succeeded';
}
