import { hasEnded, type Platform, type Selector, type Workload } from '@canary/rollout';

/**
 * Waits until the workloads are as wanted, and gives them.
 *
 * @throws an `Error` that says what was awaited and what was seen, after so many seconds
 */
export async function until(
  platform: Platform,
  selector: Selector,
  options: {
    readonly what: string;
    readonly seconds: number;
    readonly signal: AbortSignal;
    readonly wanted: (workloads: readonly Workload[]) => boolean;
  },
): Promise<readonly Workload[]> {
  const { what, seconds, signal, wanted } = options;
  const deadline = AbortSignal.timeout(seconds * 1000);
  let seen: readonly Workload[] = [];
  for await (const workloads of platform.watch(selector, AbortSignal.any([signal, deadline]))) {
    seen = workloads;
    if (wanted(workloads)) return workloads;
  }
  signal.throwIfAborted();
  throw new Error(`waited ${seconds} s for ${what} and saw ${describe(seen)}`);
}

function describe(workloads: readonly Workload[]): string {
  if (workloads.length === 0) return 'no Deployment';
  return workloads.map(describeWorkload).join('; ');
}

/** How far a workload is from being ready, and why. */
export function describeWorkload({ ref, replicas, readyReplicas, pods }: Workload): string {
  const own = pods.filter((pod) => !hasEnded(pod));
  const reasons = new Set(own.flatMap(({ message, reason }) => message ?? reason ?? []));
  const why = reasons.size > 0 ? ` (${[...reasons].join(', ')})` : '';
  return `${ref.name} with ${readyReplicas} of ${replicas} replicas ready${why}`;
}
