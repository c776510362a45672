import { movesOf } from './check-plan.ts';
import type { Plan, Step } from './plan.ts';
import { errorPoints, replicaShare, type Fraction, type Split } from './split.ts';

/** What one step of a plan comes to. */
export interface PlanDescription {
  readonly step: Step;
  /** Replicas of both sides while and after it runs. */
  readonly split: Split;
  readonly pods: number;
  /** Pods beyond the stable release's full size. */
  readonly surge: number;
  /** The canary's share of the replicas. */
  readonly share: Fraction;
  /** Wanted share in percent, where one was given. */
  readonly wantedPercent: number | undefined;
  /** Replica share minus wanted share, in percentage points. */
  readonly errorPoints: number | undefined;
  /** Least duration in milliseconds, if pods become ready within {@link READY_ESTIMATE_MS}. */
  readonly leastMs: number;
  /** Longest duration in milliseconds; undefined where it waits for a person. */
  readonly mostMs: number | undefined;
}

/** How long pods take to be ready, as a plan estimates it. */
export const READY_ESTIMATE_MS = 10_000;

/** What every step of a plan comes to, in order. */
export function describePlan(plan: Plan): PlanDescription[] {
  let split: Split = { stable: plan.stableReplicas, canary: 0 };
  let wantedPercent: number | undefined;
  return plan.steps.map((step) => {
    const from = split;
    if (step.kind === 'scale') {
      split = { stable: step.stable, canary: step.canary };
      wantedPercent = step.percent;
    } else if (step.kind === 'retire') {
      split = { ...split, stable: 0 };
      wantedPercent = undefined;
    }
    const pods = split.stable + split.canary;
    return {
      step,
      split,
      pods,
      surge: Math.max(0, pods - plan.stableReplicas),
      share: replicaShare(split),
      wantedPercent,
      errorPoints: wantedPercent === undefined ? undefined : errorPoints(wantedPercent, split),
      ...duration(step, roundsOf(from, split, plan.limits)),
    };
  });
}

/** How often pods have to become ready on the way from one split to another. */
export function roundsOf(from: Split, to: Split, limits: Plan['limits']): number {
  let at = from;
  return (movesOf(from, to, limits) ?? []).filter(({ role, replicas }) => {
    const grows = replicas > at[role];
    at = { ...at, [role]: replicas };
    return grows;
  }).length;
}

function duration(step: Step, rounds: number): Pick<PlanDescription, 'leastMs' | 'mostMs'> {
  switch (step.kind) {
    case 'scale':
      return { leastMs: rounds * READY_ESTIMATE_MS, mostMs: step.deadlineMs };
    case 'observe':
      return step.until === 'time'
        ? { leastMs: step.ms, mostMs: step.ms }
        : { leastMs: step.soakMs, mostMs: step.limitMs };
    case 'confirm':
      return { leastMs: 0, mostMs: undefined };
    case 'retire':
      return { leastMs: 0, mostMs: 0 };
  }
}
