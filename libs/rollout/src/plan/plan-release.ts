import { inPlaceStages, replacingStages } from '../strategies/canary.ts';
import type { ReleaseWish } from '../strategies/wish.ts';
import { checkPlan } from './check-plan.ts';
import { describePlan, type StageDescription } from './describe-plan.ts';
import { PlanError } from './plan-error.ts';
import { EVERY_MS, type Plan } from './plan.ts';

/** A plan, and what it comes to. */
export interface PlannedRelease {
  readonly plan: Plan;
  readonly stages: readonly StageDescription[];
}

/**
 * Plans a release: from wishes to stages as data, with what each stage comes to.
 *
 * After the wished splits, each of them observed, the new release gets its full size, is observed once
 * more, and the old one goes.
 *
 * @example
 * // The article's: 4, then 4 + 1, then 4 + 4, each observed, then the stable release goes.
 * const { plan, stages } = planRelease({ stableReplicas: 4, canaryReplicas: [1] });
 * stages[0]?.share; // { numerator: 1, denominator: 5 }
 *
 * @throws {@link PlanError} naming every value that is not allowed, and what is
 */
export function planRelease(wish: ReleaseWish): PlannedRelease {
  const { stableReplicas, maxSurge = stableReplicas, minReady = stableReplicas } = wish;
  checkWish(wish);
  const readyMs = (wish.readySeconds ?? 120) * 1000;
  const limits = {
    minReady,
    maxPods: stableReplicas + maxSurge,
    readyMs,
    graceMs: (wish.graceSeconds ?? 20) * 1000,
  };
  const everySeconds = wish.observe?.everySeconds;
  const stagesOf = wish.takeOver === 'in place' ? inPlaceStages : replacingStages;
  const plan: Plan = {
    stableReplicas,
    limits,
    everyMs: everySeconds === undefined ? EVERY_MS : everySeconds * 1000,
    stages: wish.stages ?? stagesOf(wish, limits),
  };
  checkPlan(plan);
  return { plan, stages: describePlan(plan) };
}

function checkWish({
  stableReplicas,
  canaryReplicas,
  weights,
  stages,
  maxSurge,
  bakeSeconds = 0,
}: ReleaseWish): void {
  if (!Number.isInteger(stableReplicas) || stableReplicas < 1) {
    throw new PlanError(
      `stableReplicas ${stableReplicas} must be a whole number from 1: scale the stable release up first`,
    );
  }
  if (maxSurge !== undefined && (!Number.isInteger(maxSurge) || maxSurge < 0)) {
    throw new PlanError(`maxSurge ${maxSurge} must be a whole number from 0, such as 1`);
  }
  if (!(bakeSeconds >= 0 && Number.isFinite(bakeSeconds))) {
    throw new PlanError(`bakeSeconds ${bakeSeconds} must be at least 0, such as 60`);
  }
  const given = Object.entries({ canaryReplicas, weights, stages }).filter(([, value]) => value);
  if (given.length !== 1) {
    const named = given.map(([name]) => name).join(' and ') || 'none';
    throw new PlanError(`give one of canaryReplicas, weights and stages, not ${named}`);
  }
  const wrong = weights?.find((percent) => !(percent > 0 && percent <= 100));
  if (wrong !== undefined) {
    throw new PlanError(`weight ${wrong} must be above 0 and at most 100, such as 20`);
  }
}
