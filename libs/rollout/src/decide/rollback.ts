import { firstState } from '../plan/plan.ts';
import { cut } from '../record/history.ts';
import type { Outcome } from '../record/record.ts';
import { startClocks } from './clocks.ts';
import { reconcile } from './reconcile.ts';
import { shortfall } from './shortfall.ts';
import { gateAt } from './stages.ts';
import type { Turn } from './turn.ts';

/** Begins the way back; `outcome` is what it will have been when the stable release is back in full. */
export function turnBack(
  turn: Turn,
  outcome: Outcome,
  why: string,
  figures: Readonly<Record<string, number>> = turn.figures(),
): void {
  const aside = outcome === 'aborted' ? undefined : waitedFor(turn);
  startClocks(turn);
  turn.patch({
    direction: 'back',
    turnedBack: { outcome, reason: cut(why) },
    deadlineAt: turn.now + turn.record.plan.limits.readyMs,
  });
  // Whoever was waited for is told that it did not wait, however long the reason is.
  turn.note('going back', aside === undefined ? why : `${cut(why, aside.length)}${aside}`, figures);
}

/** On the way back, from anywhere: to the state before the first stage. */
export function goBack(turn: Turn): void {
  if (reconcile(turn, firstState(turn.record.plan), 'back')) {
    const { outcome, reason } = turn.record.turnedBack ?? { outcome: 'rolled back', reason: '' };
    turn.end(outcome, reason);
    return;
  }
  warnWhenOverdue(turn);
}

function warnWhenOverdue(turn: Turn): void {
  const { deadlineAt } = turn.record;
  const lacks = shortfall(turn, 'stable');
  if (deadlineAt === undefined || turn.now < deadlineAt) return;
  turn.patch({ deadlineAt: undefined });
  turn.note('going back takes long', lacks ?? 'the stable release is not asked');
}

/** For whom it waited; undefined where for nobody. */
function waitedFor({ record }: Turn): string | undefined {
  if (record.paused) return `, while ${cut(record.paused.by, 400)} had paused it`;
  return gateAt(record)?.kind === 'person' ? ', while it waited for a person' : undefined;
}
