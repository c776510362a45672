import { nextMove } from './moves.ts';
import { shortfall } from './shortfall.ts';
import type { Turn } from './turn.ts';

/** On the way back: first the stable release at its full size and ready, then the canary goes. */
export function goBack(turn: Turn): void {
  const { plan, canary: canarySide } = turn.record;
  const target = { stable: plan.stableReplicas, canary: 0 };
  const move = nextMove(turn.position(), target, plan.limits, 'stable');
  if (move) {
    if (turn.ask(move)) goBack(turn);
    return;
  }
  const { stable, canary } = turn.position();
  const isFull = stable.replicas === target.stable && stable.ready === target.stable;
  if (!isFull || turn.record.stable.ask) {
    warnWhenOverdue(turn);
    return;
  }
  // Asked even where none is seen: a call that was given up may have landed late.
  if (canarySide.touched && canary.replicas === 0) {
    turn.askRemoval('canary');
    return;
  }
  if (!canarySide.touched) end(turn);
}

function end(turn: Turn): void {
  const { outcome, reason } = turn.record.turnedBack ?? { outcome: 'rolled back', reason: '' };
  turn.end(outcome, reason);
}

function warnWhenOverdue(turn: Turn): void {
  const { deadlineAt } = turn.record;
  if (deadlineAt === undefined || turn.now < deadlineAt) return;
  turn.patch({ deadlineAt: undefined });
  turn.note(
    'going back takes long',
    shortfall(turn, 'stable') ?? 'the stable release is not asked',
  );
}
