import { roundsOf } from '../plan/describe-plan.ts';
import { PlanError } from '../plan/plan-error.ts';
import type { DesiredState, Gate, Plan, Stage, TimeGate, VerdictGate } from '../plan/plan.ts';
import { nearestSplit, type Split } from '../plan/split.ts';
import type { ObserveWish, ReleaseWish } from './wish.ts';

/** How long the new release at full size is observed where nothing is said of it. */
const BAKE_SECONDS = 60;

/** A split, and the canary share in percent that it is the nearest to. */
type Wished = Split & Pick<DesiredState, 'percent'>;

/**
 * The canary strategy beside a stable workload that goes in the end: each split behind its gate, a
 * person's word where it is wished for, the canary at full size behind its own gate, and the end of
 * the stable release.
 *
 * @throws {@link PlanError} where the judge would never have a stable pod to compare the canary with
 */
export function replacingStages(wish: ReleaseWish, limits: Plan['limits']): readonly Stage[] {
  const { stableReplicas, observe, confirm = false, bakeSeconds = BAKE_SECONDS } = wish;
  const wished = splitsOf(wish, limits);
  if (observe?.until !== 'time') checkComparable(wished, stableReplicas, limits);
  let at: Split = { stable: stableReplicas, canary: 0 };
  const stageOf = (split: Wished, gate: Gate): Stage => {
    // A small surge takes several rounds, and each has its time.
    const deadlineMs = limits.readyMs * Math.max(1, roundsOf(at, split, limits));
    at = split;
    return { set: split, deadlineMs, gate };
  };
  const isFull = wished.at(-1)?.canary === stableReplicas;
  const isLastBaked = isFull && !confirm;
  const full = {
    stable: Math.min(stableReplicas, limits.maxPods - stableReplicas),
    canary: stableReplicas,
  };
  const stages = wished.map((split, index) => {
    const isBaked = isLastBaked && index === wished.length - 1;
    return stageOf(split, isBaked ? bakeGate(split, bakeSeconds, observe) : gateOf(observe));
  });
  if (confirm) stages.push(stageOf(at, { kind: 'person' }));
  const end = isFull ? at : full;
  if (!isLastBaked && bakeSeconds > 0) {
    stages.push(stageOf(end, bakeGate(end, bakeSeconds, bakeWish(observe))));
  } else if (!isFull) {
    stages.push(stageOf(full, READY));
  }
  const gone: DesiredState = { stable: 0, canary: at.canary, removed: 'stable' };
  return [...stages, { set: gone, deadlineMs: limits.readyMs, gate: READY }];
}

/**
 * The canary strategy in place: canary replicas beside a stable workload whose own size is not
 * touched, a person's word where it is wished for, the stable workload taking over the canary's
 * template by its own rolling update, observed for the bake, and the end of the canary.
 */
export function inPlaceStages(wish: ReleaseWish, limits: Plan['limits']): readonly Stage[] {
  const { stableReplicas, observe, confirm = false, bakeSeconds = BAKE_SECONDS } = wish;
  const counts = wish.weights
    ? wish.weights.map((percent) => ({ percent, canary: besideFor(percent, stableReplicas) }))
    : (wish.canaryReplicas ?? []).map((canary) => ({ canary }));
  const { readyMs } = limits;
  const stages = counts.map((set): Stage => ({ set, deadlineMs: readyMs, gate: gateOf(observe) }));
  const last = counts.at(-1)!;
  if (confirm) stages.push({ set: last, deadlineMs: readyMs, gate: { kind: 'person' } });
  const bake: Gate = bakeSeconds > 0 ? { kind: 'time', ms: bakeSeconds * 1000, bake: true } : READY;
  const taken = { canary: last.canary, template: 'canary' } as const;
  return [
    ...stages,
    // A rolling update takes a round for each pod at worst.
    { set: taken, deadlineMs: readyMs * Math.max(1, stableReplicas), gate: bake },
    {
      set: { canary: 0, template: 'canary', removed: 'canary' },
      deadlineMs: readyMs,
      gate: READY,
    },
  ];
}

const READY: Gate = { kind: 'ready' };

/** Canary replicas beside so many stable ones that come nearest to a share in percent; one at least. */
function besideFor(percent: number, stable: number): number {
  if (percent === 100) return stable;
  const exact = (percent * stable) / (100 - percent);
  const share = (canary: number) => Math.abs((100 * canary) / (canary + stable) - percent);
  const [low, high] = [Math.max(1, Math.floor(exact)), Math.max(1, Math.ceil(exact))];
  return Math.min(stable, share(high) < share(low) ? high : low);
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
    `stage 1: 0 + ${first.canary} replicas leave no stable one to compare the canary with: allow maxSurge ${surge}, ask for fewer, or observe for a time`,
  );
}

/** The canary at full size alone: its own time, whatever the splits before were given. */
function bakeWish(wish: ObserveWish | undefined): ObserveWish | undefined {
  return wish?.until === 'time'
    ? { ...wish, seconds: 0 }
    : { ...wish, until: 'verdict', soakSeconds: 0 };
}

/**
 * The gate of the canary at full size, open after `seconds` at least. Where no stable replica is left
 * there is nothing to compare it with, and no verdict to wait for: it has its time.
 */
function bakeGate(
  { stable }: Split,
  seconds: number,
  wish: ObserveWish | undefined,
): TimeGate | VerdictGate {
  const ms = seconds * 1000;
  const gate = gateOf(wish);
  if (gate.kind === 'time') return { ...gate, ms: Math.max(gate.ms, ms), bake: true };
  const soakMs = Math.max(gate.soakMs, ms);
  if (stable === 0) return { kind: 'time', ms: soakMs, bake: true };
  // A limit that is meant for shorter observations leaves time for a verdict after the bake, too.
  return { ...gate, soakMs, limitMs: Math.max(gate.limitMs, 2 * ms), bake: true };
}

function gateOf(wish: ObserveWish = { until: 'verdict' }): TimeGate | VerdictGate {
  if (wish.until === 'time') return { kind: 'time', ms: wish.seconds * 1000 };
  const { soakSeconds = 60, limitSeconds = 3600, onTimeout = 'hold' } = wish;
  const [soakMs, limitMs] = [soakSeconds * 1000, limitSeconds * 1000];
  return { kind: 'verdict', soakMs, limitMs, onTimeout };
}
