import { cut } from '../record/history.ts';
import type { Outcome } from '../record/record.ts';
import type { Turn } from './turn.ts';

/** Begins the way back; `outcome` is what it will have been when the stable release is back in full. */
export function turnBack(
  turn: Turn,
  outcome: Outcome,
  why: string,
  figures: Readonly<Record<string, number>> = turn.figures(),
): void {
  turn.patch({
    direction: 'back',
    turnedBack: { outcome, reason: cut(why) },
    deadlineAt: turn.now + turn.record.plan.limits.readyMs,
    paused: undefined,
    frozen: undefined,
  });
  turn.note('going back', why, figures);
}
