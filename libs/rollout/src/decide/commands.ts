import { cut } from '../record/history.ts';
import type { Stop } from '../record/record.ts';
import type { Request } from '../record/request.ts';
import { startClocks } from './clocks.ts';
import { turnBack } from './rollback.ts';
import { enterGate, enterStage, gateAt, isPassedOver, beginStage } from './stages.ts';
import type { Turn } from './turn.ts';

/** Carries out a person's command, or says why not. */
type Follow = (turn: Turn, request: Request) => Refusal | undefined;

/** Why a command cannot be followed as things are, and what could be. */
type Refusal = string;

const COMMANDS: Readonly<Record<Request['command'], Follow>> = {
  // From when it stands, not from when that was asked for, by another machine's clock perhaps.
  pause: (turn, { by, reason }) => {
    if (turn.record.outcome !== undefined) return 'nothing runs';
    if (turn.record.direction === 'back') return 'it is on its way back: freeze stops that, too';
    if (turn.record.paused) return `${turn.record.paused.by} has paused it already`;
    turn.patch({ paused: stopOf(turn, by, reason) });
    return undefined;
  },
  freeze: (turn, { by, reason }) => {
    if (turn.record.outcome !== undefined) return 'nothing runs';
    if (turn.record.frozen) return `${turn.record.frozen.by} has frozen it already`;
    turn.patch({ frozen: stopOf(turn, by, reason) });
    return undefined;
  },
  resume: (turn) => {
    if (turn.record.outcome === 'held') takeUp(turn);
    else if (turn.record.outcome !== undefined) return 'it has ended';
    else if (!startClocks(turn)) return 'it is neither paused, frozen nor held';
    return undefined;
  },
  promote,
  'promote full': (turn, request) => {
    const refusal = cannotPromote(turn);
    if (refusal !== undefined) return refusal;
    turn.patch({ expedited: true, passedFor: promotedBy(request) });
    startClocks(turn);
    reopen(turn);
    const { plan, stage, atGate } = turn.record;
    const why = 'a person promoted it in full';
    if (atGate) enterStage(turn, stage + 1, why);
    else if (isPassedOver(plan.stages, stage)) enterStage(turn, stage, why);
    return undefined;
  },
  abort: (turn, { by, reason }) => {
    const { outcome, direction } = turn.record;
    if (outcome === 'promoted') return 'it is promoted: undo goes back';
    if (outcome !== undefined && outcome !== 'held') return 'it has gone back already';
    if (direction === 'back') {
      if (!turn.record.frozen) return 'it is on its way back already';
      startClocks(turn);
      return undefined;
    }
    reopen(turn);
    turnBack(turn, 'aborted', `aborted by ${by}: ${reason}`);
    return undefined;
  },
  undo: (turn, { by, reason }) => {
    if (turn.record.outcome !== 'promoted') return 'it is not promoted: abort goes back';
    reopen(turn);
    turnBack(turn, 'aborted', `undone by ${by}: ${reason}`);
    return undefined;
  },
};

/** Takes every command that waits in the record, in order. */
export function followCommands(turn: Turn): void {
  const { requests } = turn.record;
  if (requests.length === 0) return;
  turn.patch({ requests: [] });
  for (const request of requests) {
    const { command, by, reason, number } = request;
    const refusal = COMMANDS[command](turn, request);
    if (refusal === undefined) turn.note(command, `${cut(by)}: ${reason}`, { request: number });
    else turn.refuse(request, refusal);
  }
}

function promote(turn: Turn, request: Request): Refusal | undefined {
  const refusal = cannotPromote(turn);
  if (refusal !== undefined) return refusal;
  if (gateAt(turn.record) === undefined) {
    return 'it waits for replicas, not for a person: promote full passes over all waiting to come';
  }
  reopen(turn);
  startClocks(turn);
  turn.patch({ passedFor: promotedBy(request) });
  enterStage(turn, turn.record.stage + 1, 'a person promoted it');
  return undefined;
}

function promotedBy({ by, reason }: Request): string {
  return cut(`promoted by ${by}: ${reason}`);
}

function cannotPromote({ record }: Turn): Refusal | undefined {
  if (record.direction === 'back') return 'it has turned back: start a release anew';
  if (record.outcome !== undefined && record.outcome !== 'held') return 'it has ended';
  return undefined;
}

/** Goes on with the stage that was held, or waits at its gate anew. */
function takeUp(turn: Turn): void {
  reopen(turn);
  startClocks(turn);
  if (turn.record.atGate) enterGate(turn, 'taken up again');
  else beginStage(turn, 'taken up again');
}

/** Takes back that it has ended; what is there now is taken as given. */
function reopen(turn: Turn): void {
  if (turn.record.outcome === undefined) return;
  turn.patch({ outcome: undefined, endedAt: undefined });
  for (const role of ['stable', 'canary'] as const) {
    // What a call that is still open led to has to be known before anything else is asked.
    if (!turn.record[role].operation) turn.patchResource(role, { adopt: true, retry: undefined });
  }
}

function stopOf({ now }: Turn, by: string, reason: string): Stop {
  return { by: cut(by), reason: cut(reason), at: now };
}
