import { phaseBeganAt } from '../record/stopped.ts';
import type { Turn } from './turn.ts';

/**
 * Looks when a look is due: in every stage in which the canary has traffic, paused or not, as going
 * back needs no person's word. Not where nothing is changed (frozen), and not once the stable release
 * is on its way out: then there is nothing to go back to.
 */
export function measure(turn: Turn): void {
  const { record, seen, now } = turn;
  if (record.outcome !== undefined || record.direction === 'back' || record.frozen) return;
  if (turn.looking !== undefined || now < record.observation.dueAt) return;
  if (!seen?.canary || seen.canary.ready === 0) return;
  if (!record.stable.touched || record.stable.operation?.kind === 'remove') return;
  const number = record.observation.number + 1;
  turn.looking = number;
  const { stable, canary } = turn.position();
  turn.actions.push({
    kind: 'look',
    look: number,
    context: {
      rollout: record.id,
      app: record.app,
      stage: record.stage,
      startedAt: phaseBeganAt(record, now),
      stable: { release: record.stable.release, replicas: stable.replicas },
      canary: { release: record.canary.release, replicas: canary.replicas },
    },
  });
}
