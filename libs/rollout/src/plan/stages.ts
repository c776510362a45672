import { roundsOf } from './describe-plan.ts';
import { PlanError } from './plan-error.ts';
import type { ObserveWish, ReleaseWish } from './plan-release.ts';
import type { ObserveForStep, ObserveUntilVerdictStep, Plan, ScaleStep, Step } from './plan.ts';
import { nearestSplit, type Split } from './split.ts';

/** How long the canary at full size is observed where nothing is said of it. */
const BAKE_SECONDS = 60;

/** A split, and the canary share in percent that it is the nearest to. */
type Wished = Split & Pick<ScaleStep, 'percent'>;

/**
 * The steps of a wish for splits: each split and its observation, a person's word where it is wished
 * for, the canary at full size and its observation, and the end of the stable release.
 *
 * @throws {@link PlanError} where the judge would never have a stable pod to compare the canary with
 */
export function stagesOf(wish: ReleaseWish, limits: Plan['limits']): readonly Step[] {
  const { stableReplicas, observe, confirm = false, bakeSeconds = BAKE_SECONDS } = wish;
  const wished = splitsOf(wish, limits);
  if (observe?.until !== 'time') checkComparable(wished, stableReplicas, limits);
  let at: Split = { stable: stableReplicas, canary: 0 };
  const scaleTo = (split: Wished): ScaleStep => {
    // A small surge takes several rounds, and each has its time.
    const deadlineMs = limits.readyMs * Math.max(1, roundsOf(at, split, limits));
    at = split;
    return { kind: 'scale', ...split, deadlineMs };
  };
  const isFull = wished.at(-1)?.canary === stableReplicas;
  const isLastBaked = isFull && !confirm;
  const full = {
    stable: Math.min(stableReplicas, limits.maxPods - stableReplicas),
    canary: stableReplicas,
  };
  return [
    ...wished.flatMap((split, index): Step[] => {
      const isBaked = isLastBaked && index === wished.length - 1;
      return [
        scaleTo(split),
        isBaked ? bakeStep(split, bakeSeconds, observe) : observeStep(observe),
      ];
    }),
    ...(confirm ? [{ kind: 'confirm' } as const] : []),
    ...(isFull ? [] : [scaleTo(full)]),
    ...(bakeSeconds > 0 && !isLastBaked ? [bakeStep(at, bakeSeconds, bakeWish(observe))] : []),
    { kind: 'retire' },
  ];
}

function splitsOf(
  { stableReplicas, weights, canaryReplicas = [] }: ReleaseWish,
  limits: Plan['limits'],
): readonly Wished[] {
  if (weights) {
    const bounds = { stableReplicas, ...limits };
    return weights.map((percent) => ({ ...nearestSplit(percent, bounds), percent }));
  }
  return canaryReplicas.map((canary) => ({
    stable: Math.max(0, Math.min(stableReplicas, limits.maxPods - canary)),
    canary,
  }));
}

function checkComparable(
  [first]: readonly Wished[],
  stableReplicas: number,
  { maxPods }: Plan['limits'],
): void {
  // More than there may be at all is told of by the check of the plan.
  if (first?.stable !== 0 || first.canary > maxPods) return;
  const surge = Math.max(1, first.canary + 1 - stableReplicas);
  throw new PlanError(
    `step 1 (scale): 0 + ${first.canary} replicas leave no stable one to compare the canary with: allow maxSurge ${surge}, ask for fewer, or observe for a time`,
  );
}

/** The canary at full size alone: its own time, whatever the splits before were given. */
function bakeWish(wish: ObserveWish | undefined): ObserveWish | undefined {
  return wish?.until === 'time'
    ? { ...wish, seconds: 0 }
    : { ...wish, until: 'verdict', soakSeconds: 0 };
}

/**
 * The observation of the canary at full size, for `seconds` at least. Where no stable replica is left
 * there is nothing to compare it with, and no verdict to wait for: it has its time.
 */
function bakeStep(
  { stable }: Split,
  seconds: number,
  wish: ObserveWish | undefined,
): ObserveForStep | ObserveUntilVerdictStep {
  const ms = seconds * 1000;
  const step = observeStep(wish);
  if (step.until === 'time') return { ...step, ms: Math.max(step.ms, ms), bake: true };
  const soakMs = Math.max(step.soakMs, ms);
  if (stable === 0) return { kind: 'observe', until: 'time', ms: soakMs, bake: true };
  // A limit that is meant for shorter observations leaves time for a verdict after the bake, too.
  return { ...step, soakMs, limitMs: Math.max(step.limitMs, 2 * ms), bake: true };
}

function observeStep(
  wish: ObserveWish = { until: 'verdict' },
): ObserveForStep | ObserveUntilVerdictStep {
  if (wish.until === 'time') return { kind: 'observe', until: 'time', ms: wish.seconds * 1000 };
  const { soakSeconds = 60, limitSeconds = 3600, onTimeout = 'hold' } = wish;
  const [soakMs, limitMs] = [soakSeconds * 1000, limitSeconds * 1000];
  return { kind: 'observe', until: 'verdict', soakMs, limitMs, onTimeout };
}
