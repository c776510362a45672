import type { TimeGate, VerdictGate } from '../plan/plan.ts';
import type { Opinion } from '../ports/judge.ts';
import type { Resource } from '../record/record.ts';
import { cut } from '../record/history.ts';
import { phaseBeganAt } from '../record/stopped.ts';
import { clockOf } from './clocks.ts';
import { reconcile, takesOver } from './reconcile.ts';
import { turnBack } from './rollback.ts';
import { shortfall } from './shortfall.ts';
import { enterGate, enterStage, stageAt } from './stages.ts';
import type { Turn } from './turn.ts';

/** Goes on with the plan as far as it can be gone now. */
export function advance(turn: Turn): void {
  if (!turn.record.frozen && guard(turn)) return;
  if (turn.record.paused || turn.record.frozen) return;
  if (turn.record.stage < 0) enterStage(turn, 0, 'started');

  const { stage, atGate } = turn.record;
  if (atGate) waitAtGate(turn);
  else reach(turn);
  const { outcome, direction } = turn.record;
  const isElsewhere = turn.record.stage !== stage || turn.record.atGate !== atGate;
  if (outcome === undefined && direction === 'forward' && isElsewhere) advance(turn);
}

/**
 * Turns back from a canary that fails, in whatever stage. A pause gives replicas all the time that it
 * takes to become ready; a pod that cannot start, or a verdict, is not the pause's to wait for.
 */
function guard(turn: Turn): boolean {
  const { canary, plan, observation } = turn.record;
  const { graceMs, readyMs } = plan.limits;
  const why = () => shortfall(turn, 'canary') ?? canary.problem?.reason ?? 'not ready';
  const opinion = observation.opinion;
  if (isStuck(canary, turn.now, graceMs)) {
    turnBack(turn, 'rolled back', `${why()} (waited ${graceMs / 1000} s)`);
  } else if (takesOver(turn) && isStuck(turn.record.stable, turn.now, graceMs)) {
    const lacks = shortfall(turn, 'stable') ?? 'a pod cannot start';
    turnBack(turn, 'rolled back', `${lacks} (waited ${graceMs / 1000} s)`);
  } else if (canary.unreadySince !== undefined && clockOf(turn) >= canary.unreadySince + readyMs) {
    turnBack(turn, 'timed out', `${why()} after ${readyMs / 1000} s`);
  } else if (opinion?.verdict === 'roll back') {
    turnBack(turn, 'rolled back', opinion.reason, figuresOf(turn, opinion));
  } else {
    return false;
  }
  return true;
}

/** Whether a pod of it cannot start by itself, and was waited for. */
function isStuck({ problem }: Resource, now: number, graceMs: number): boolean {
  return problem?.fatal === true && now >= problem.since + graceMs;
}

/** Brings what is there to the stage's desired state. */
function reach(turn: Turn): void {
  const stage = stageAt(turn.record);
  if (!stage) return;
  const { set, deadlineMs } = stage;
  if (reconcile(turn, set, 'forward')) {
    enterGate(turn, reached(turn));
  } else if (set.removed === undefined && isOverdue(turn)) {
    const lacks = shortfall(turn, 'canary') ?? shortfall(turn, 'stable') ?? 'no room to move';
    turnBack(turn, 'timed out', `${lacks} after ${deadlineMs / 1000} s`);
  }
}

function reached({ record }: Turn): string {
  const { set } = stageAt(record)!;
  if (set.removed === 'stable')
    return `${record.stable.ref.name} is gone, the canary has all traffic`;
  const { name } = record.stable.ref;
  if (set.removed === 'canary') return `${name} has all traffic, the canary is gone`;
  if (set.template !== undefined) return `${name} has taken the template over`;
  if (set.stable === undefined)
    return `${set.canary} canary ${set.canary === 1 ? 'replica is' : 'replicas are'} ready`;
  return `${set.stable} + ${set.canary} replicas are ready`;
}

function waitAtGate(turn: Turn): void {
  const { opinion } = turn.record.observation;
  const gate = stageAt(turn.record)?.gate;
  if (gate?.kind !== 'time' && gate?.kind !== 'verdict') return;
  if (opinion?.verdict === 'hold') {
    turn.end('held', `${opinion.reason}: promote goes on, abort goes back`);
  } else if (gate.kind === 'time') waitForTime(turn, gate);
  else waitForVerdict(turn, gate);
}

function waitForTime(turn: Turn, { ms }: TimeGate): void {
  const { opinion, failure, at } = turn.record.observation;
  const endsAt = phaseBeganAt(turn.record) + ms;
  const isLookedAt = Math.max(at ?? 0, failure?.at ?? 0) >= endsAt;
  const seen = opinion ? `, ${opinion.reason}` : '';
  const told = failure ? `, not observed: ${failure.error}` : seen;
  if (turn.now >= endsAt && isLookedAt) pass(turn, `${ms / 1000} s have passed${told}`);
}

function waitForVerdict(turn: Turn, { soakMs, limitMs, onTimeout }: VerdictGate): void {
  const { opinion, failure, at } = turn.record.observation;
  // What was said before a look failed is not what is so now.
  const said = failure ? undefined : opinion;
  const isSoaked = at !== undefined && at >= phaseBeganAt(turn.record) + soakMs;
  if (said?.verdict === 'promote' && isSoaked) {
    pass(turn, said.reason);
  } else if (isOverdue(turn)) {
    const last = failure?.error ?? opinion?.reason ?? 'nothing was seen';
    const why = `no verdict after ${limitMs / 1000} s: ${last}`;
    if (onTimeout === 'rollback') turnBack(turn, 'timed out', why);
    else if (onTimeout === 'promote' && said?.couldPromote === true) pass(turn, why);
    else turn.end('held', `${why}: promote goes on, abort goes back`);
  }
}

function pass(turn: Turn, why: string): void {
  turn.patch({ passedFor: cut(why) });
  enterStage(turn, turn.record.stage + 1, why, figuresOf(turn, turn.record.observation.opinion));
}

function isOverdue({ record, now }: Turn): boolean {
  return record.deadlineAt !== undefined && now >= record.deadlineAt;
}

/** What a verdict is based on: replicas, requests of the stage, and the judge's own evidence. */
function figuresOf(turn: Turn, opinion: Opinion | undefined): Readonly<Record<string, number>> {
  const requests = Object.entries(turn.record.observation.requests).map(
    ([release, count]) => [`requests ${release}`, count] as const,
  );
  return { ...turn.figures(), ...Object.fromEntries(requests), ...opinion?.evidence };
}
