import { standsSince } from '../record/stopped.ts';
import type { Turn } from './turn.ts';

/**
 * Now, as the clocks of the rollout show it: while it is stopped, when that began. What began before
 * has not become older since.
 */
export function clockOf({ record, now }: Turn): number {
  return Math.min(now, standsSince(record) ?? now);
}

/** Lifts pause and freeze, whose time does not count; false where there is neither. */
export function startClocks(turn: Turn): boolean {
  const { frozen } = turn.record;
  const since = standsSince(turn.record);
  if (since === undefined) return false;
  takeOff(turn, since, frozen?.at);
  turn.patch({ paused: undefined, frozen: undefined });
  return true;
}

/** The time in which no driver lived does not count; one that stood still anyway is counted once. */
export function takeOffAbsence(turn: Turn, since: number): void {
  const isStopped = standsSince(turn.record) !== undefined;
  takeOff(turn, isStopped ? turn.now : since, turn.record.frozen ? undefined : since);
}

/**
 * Takes the time since `since` off every clock.
 *
 * @param graceSince the same for pods that cannot start: a pause leaves them no more time
 */
function takeOff(turn: Turn, since: number, graceSince: number | undefined): void {
  const { stoppedMs = 0, deadlineAt } = turn.record;
  const later = (at: number, from: number) => at + Math.max(0, turn.now - Math.max(at, from));
  const stood = Math.max(0, turn.now - since);
  turn.patch({
    stoppedMs: stoppedMs + stood,
    deadlineAt: deadlineAt === undefined ? undefined : deadlineAt + stood,
  });
  for (const role of ['stable', 'canary'] as const) {
    const { unreadySince, problem } = turn.record[role];
    if (unreadySince !== undefined) {
      turn.patchResource(role, { unreadySince: later(unreadySince, since) });
    }
    if (problem && graceSince !== undefined) {
      turn.patchResource(role, {
        problem: { ...problem, since: later(problem.since, graceSince) },
      });
    }
  }
}
