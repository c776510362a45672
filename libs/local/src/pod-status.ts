import type { Pod } from '@canary/rollout';
import type { Container } from './container.ts';

/** Phase, reason and message of a pod with these containers; the words are those of `podReason` for a cluster. */
export function podStatus(
  containers: readonly Pick<Container, 'state' | 'started' | 'ready' | 'probeFailure' | 'spec'>[],
): Pick<Pod, 'phase' | 'reason' | 'message'> {
  const phase = containers.every(({ started }) => started) ? 'Running' : 'Pending';
  const stopped = containers.find(({ state }) => state.kind !== 'running')?.state;
  if (stopped && stopped.kind !== 'running')
    return { phase, reason: stopped.reason, message: stopped.message };
  const unready = containers.filter(({ ready }) => !ready);
  if (unready.length === 0) return { phase, reason: undefined, message: undefined };
  const names = unready.map(({ spec }) => spec.name).join(' ');
  const failures = unready.flatMap(({ probeFailure }) => probeFailure ?? []);
  const message = [`containers with unready status: [${names}]`, ...failures].join('; ');
  return { phase, reason: 'NotReady', message };
}
