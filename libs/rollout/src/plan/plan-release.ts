import { checkPlan } from './check-plan.ts';
import { describePlan, type PlanDescription } from './describe-plan.ts';
import { PlanError } from './plan-error.ts';
import { stagesOf } from './stages.ts';
import type { ObserveUntilVerdictStep, Plan, Step } from './plan.ts';

/** How a step of a release is observed; all times in seconds. */
export type ObserveWish =
  | {
      readonly until: 'time';
      readonly seconds: number;
      /** From look to look, in whatever step; 10 by default. */
      readonly everySeconds?: number;
    }
  | {
      readonly until: 'verdict';
      /** 60 by default. */
      readonly soakSeconds?: number;
      /** 3600 by default. */
      readonly limitSeconds?: number;
      /** From look to look, in whatever step; 10 by default. */
      readonly everySeconds?: number;
      /** `hold` by default. */
      readonly onTimeout?: ObserveUntilVerdictStep['onTimeout'];
    };

/** What is wished for; exactly one of `canaryReplicas`, `weights` and `steps` is given. */
export interface ReleaseWish {
  /** Replicas of the stable release now; the canary ends with as many. */
  readonly stableReplicas: number;
  /** Canary replicas from step to step, beside as many stable ones as the surge allows. */
  readonly canaryReplicas?: readonly number[];
  /** Wanted canary shares from step to step, in percent; the nearest split of replicas is taken. */
  readonly weights?: readonly number[];
  /** The steps themselves. */
  readonly steps?: readonly Step[];
  /** Pods asked for beyond the stable release's; as many again by default. */
  readonly maxSurge?: number;
  /** Ready replicas that are never given up; `stableReplicas` by default. */
  readonly minReady?: number;
  /** How each split is observed; until the judge's verdict by default. */
  readonly observe?: ObserveWish;
  /**
   * Seconds for which the canary at full size is observed before the stable release goes; 60 by
   * default, 0: not at all.
   */
  readonly bakeSeconds?: number;
  /** Whether a person is asked before the canary takes over; false by default. */
  readonly confirm?: boolean;
  /** Seconds within which pods that were asked for have to be ready; 120 by default. */
  readonly readySeconds?: number;
  /** Seconds for which a pod that cannot start (image, crash loop) is waited for; 20 by default. */
  readonly graceSeconds?: number;
}

/** A plan, and what it comes to. */
export interface PlannedRelease {
  readonly plan: Plan;
  readonly steps: readonly PlanDescription[];
}

/**
 * Plans a release: from wishes to steps as data, with what each step comes to.
 *
 * After the wished splits, each of them observed, the canary grows to the stable release's size, is
 * observed once more, and the stable workload is removed.
 *
 * @example
 * // The article's: 4, then 4 + 1, then 4 + 4, each observed, then the stable release goes.
 * const { plan, steps } = planRelease({ stableReplicas: 4, canaryReplicas: [1] });
 * steps[0]?.share; // { numerator: 1, denominator: 5 }
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
  const plan: Plan = {
    stableReplicas,
    limits,
    ...(everySeconds === undefined ? {} : { everyMs: everySeconds * 1000 }),
    steps: wish.steps ?? stagesOf(wish, limits),
  };
  checkPlan(plan);
  return { plan, steps: describePlan(plan) };
}

function checkWish({
  stableReplicas,
  canaryReplicas,
  weights,
  steps,
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
  const given = Object.entries({ canaryReplicas, weights, steps }).filter(([, value]) => value);
  if (given.length !== 1) {
    const named = given.map(([name]) => name).join(' and ') || 'none';
    throw new PlanError(`give one of canaryReplicas, weights and steps, not ${named}`);
  }
  const wrong = weights?.find((percent) => !(percent > 0 && percent <= 100));
  if (wrong !== undefined) {
    throw new PlanError(`weight ${wrong} must be above 0 and at most 100, such as 20`);
  }
}
