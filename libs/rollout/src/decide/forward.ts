import type { ObserveForStep, ObserveUntilVerdictStep, ScaleStep } from '../plan/plan.ts';
import type { Opinion } from '../ports/judge.ts';
import { cut } from '../record/history.ts';
import { stepBeganAt } from '../record/stopped.ts';
import { clockOf } from './clocks.ts';
import { nextMove } from './moves.ts';
import { shortfall } from './shortfall.ts';
import { enterStep, stepAt } from './steps.ts';
import { turnBack } from './turn-back.ts';
import type { Turn } from './turn.ts';

type ObserveStep = ObserveForStep | ObserveUntilVerdictStep;

/** Goes on with the plan as far as it can be gone now. */
export function goForward(turn: Turn): void {
  if (!turn.record.frozen && guard(turn)) return;
  if (turn.record.paused || turn.record.frozen) return;
  if (turn.record.step < 0) enterStep(turn, 0, 'started');

  const { step } = turn.record;
  carryOut(turn);
  const { outcome, direction } = turn.record;
  if (outcome === undefined && direction === 'forward' && turn.record.step !== step) {
    goForward(turn);
  }
}

/**
 * Turns back from a canary that fails, in whatever step. A pause gives replicas all the time that it
 * takes to become ready; a pod that cannot start, or a verdict, is not the pause's to wait for.
 */
function guard(turn: Turn): boolean {
  const { canary, plan, observation } = turn.record;
  const { graceMs, readyMs } = plan.limits;
  const why = () => shortfall(turn, 'canary') ?? canary.problem?.reason ?? 'not ready';
  if (canary.problem?.fatal && turn.now >= canary.problem.since + graceMs) {
    turnBack(turn, 'rolled back', `${why()} (waited ${graceMs / 1000} s)`);
  } else if (canary.unreadySince !== undefined && clockOf(turn) >= canary.unreadySince + readyMs) {
    turnBack(turn, 'timed out', `${why()} after ${readyMs / 1000} s`);
  } else if (observation.opinion?.verdict === 'roll back') {
    turnBack(turn, 'rolled back', observation.opinion.reason, figuresOf(turn, observation.opinion));
  } else {
    return false;
  }
  return true;
}

function carryOut(turn: Turn): void {
  const step = stepAt(turn.record);
  switch (step?.kind) {
    case 'scale': {
      scale(turn, step);
      return;
    }
    case 'observe': {
      observe(turn, step);
      return;
    }
    case 'retire': {
      retire(turn);
      return;
    }
    case 'confirm':
    case undefined:
      return;
  }
}

function scale(turn: Turn, step: ScaleStep): void {
  const move = nextMove(turn.position(), step, turn.record.plan.limits, 'canary');
  if (move && turn.ask(move)) {
    scale(turn, step);
    return;
  }

  const { stable, canary } = turn.record;
  const position = turn.position();
  const isThere = (['stable', 'canary'] as const).every(
    (role) => position[role].replicas === step[role] && position[role].ready === step[role],
  );
  if (isThere && !stable.ask && !canary.ask) {
    enterStep(turn, turn.record.step + 1, `${step.stable} + ${step.canary} replicas are ready`);
  } else if (isOverdue(turn)) {
    const lacks = shortfall(turn, 'canary') ?? shortfall(turn, 'stable') ?? 'no room to move';
    turnBack(turn, 'timed out', `${lacks} after ${step.deadlineMs / 1000} s`);
  }
}

function observe(turn: Turn, step: ObserveStep): void {
  const { opinion, failure, at } = turn.record.observation;
  const next = (why: string) => {
    turn.patch({ passedFor: cut(why) });
    enterStep(turn, turn.record.step + 1, why, figuresOf(turn, opinion));
  };
  if (opinion?.verdict === 'hold') {
    turn.end('held', `${opinion.reason}: promote goes on, abort goes back`);
    return;
  }
  if (step.until === 'time') {
    const endsAt = stepBeganAt(turn.record) + step.ms;
    const isLookedAt = Math.max(at ?? 0, failure?.at ?? 0) >= endsAt;
    const seen = opinion ? `, ${opinion.reason}` : '';
    const told = failure ? `, not observed: ${failure.error}` : seen;
    if (turn.now >= endsAt && isLookedAt) next(`${step.ms / 1000} s have passed${told}`);
    return;
  }
  // What was said before a look failed is not what is so now.
  const said = failure ? undefined : opinion;
  const isSoaked = at !== undefined && at >= stepBeganAt(turn.record) + step.soakMs;
  if (said?.verdict === 'promote' && isSoaked) {
    next(said.reason);
  } else if (isOverdue(turn)) {
    const last = failure?.error ?? opinion?.reason ?? 'nothing was seen';
    const why = `no verdict after ${step.limitMs / 1000} s: ${last}`;
    if (step.onTimeout === 'rollback') turnBack(turn, 'timed out', why);
    else if (step.onTimeout === 'promote' && said?.couldPromote === true) next(why);
    else turn.end('held', `${why}: promote goes on, abort goes back`);
  }
}

function retire(turn: Turn): void {
  const { plan, stable } = turn.record;
  const position = turn.position();
  const isEnough = position.canary.ready >= plan.limits.minReady;
  const isFull = position.canary.ready >= position.canary.replicas && position.canary.ready > 0;
  if (!isEnough || !isFull) return;
  if (!stable.touched) {
    enterStep(turn, turn.record.step + 1, `${stable.ref.name} is gone, the canary has all traffic`);
  } else {
    turn.askRemoval('stable');
  }
}

function isOverdue({ record, now }: Turn): boolean {
  return record.deadlineAt !== undefined && now >= record.deadlineAt;
}

/** What a verdict is based on: replicas, requests of the step, and the judge's own evidence. */
function figuresOf(turn: Turn, opinion: Opinion | undefined): Readonly<Record<string, number>> {
  const requests = Object.entries(turn.record.observation.requests).map(
    ([release, count]) => [`requests ${release}`, count] as const,
  );
  return { ...turn.figures(), ...Object.fromEntries(requests), ...opinion?.evidence };
}
