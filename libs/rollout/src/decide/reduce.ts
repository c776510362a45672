import type { Action, RolloutEvent } from './events.ts';
import { advance } from './advance.ts';
import { applyEvent, askWhatBecame } from './apply-event.ts';
import { followCommands } from './commands.ts';
import { measure } from './measure.ts';
import { goBack } from './rollback.ts';
import { Turn, type Rollout } from './turn.ts';

/** What follows from an event. */
export interface Transition {
  readonly rollout: Rollout;
  /** To be carried out in order, after the record is saved. */
  readonly actions: readonly Action[];
}

/**
 * The whole of a rollout's decisions: takes in an event and whatever commands wait in the record,
 * then decides. Pure; the same event twice asks for nothing twice.
 */
export function reduce(rollout: Rollout, event: RolloutEvent): Transition {
  const turn = new Turn(rollout, event.at);
  applyEvent(turn, event);
  followCommands(turn);
  decide(turn);
  const { record, seen, looking, actions } = turn;
  return { rollout: { record, seen, looking }, actions };
}

function decide(turn: Turn): void {
  if (turn.record.outcome !== undefined) return;
  askWhatBecame(turn);
  // Nothing is decided on what is not known: not a move, and not that something takes too long.
  if (!turn.seen || turn.record.stable.adopt || turn.record.canary.adopt) return;
  if (turn.record.direction === 'forward') advance(turn);
  measure(turn);
  if (isGoingBack(turn) && !turn.record.frozen) goBack(turn);
}

function isGoingBack({ record }: Turn): boolean {
  return record.direction === 'back' && record.outcome === undefined;
}
