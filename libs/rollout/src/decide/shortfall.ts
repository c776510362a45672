import type { Role } from '../plan/plan.ts';
import type { Turn } from './turn.ts';

/** What a side lacks and why, in a sentence; undefined where it lacks nothing. */
export function shortfall(turn: Turn, role: Role): string | undefined {
  const { ref, problem, retry } = turn.record[role];
  const { replicas, ready } = turn.position()[role];
  if (retry) return `${ref.name}: ${retry.error}`;
  if (ready >= replicas) return undefined;
  const count = `${ref.name}: ${ready} of ${replicas} replicas ready`;
  if (!problem) return `${count}, the platform names no reason`;
  const { pod, reason, message } = problem;
  const where = pod === undefined ? '' : `${pod}: `;
  return `${count}: ${where}${reason}${message === undefined ? '' : `: ${message}`}`;
}
