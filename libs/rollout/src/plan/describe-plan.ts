import { movesOf } from './check-plan.ts';
import { isRemoval, splitOf, type Plan, type Stage } from './plan.ts';
import { errorPoints, replicaShare, type Fraction, type Split } from './split.ts';

/** What one stage of a plan comes to. */
export interface StageDescription {
  readonly stage: Stage;
  /** Replicas of both sides while and after it lasts. */
  readonly split: Split;
  readonly pods: number;
  /** Pods beyond the stable release's full size. */
  readonly surge: number;
  /** The new release's share of the replicas. */
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

/** What every stage of a plan comes to, in order. */
export function describePlan(plan: Plan): StageDescription[] {
  let at: Split = { stable: plan.stableReplicas, canary: 0 };
  let isTaken = false;
  return plan.stages.map((stage) => {
    const { set } = stage;
    const from = at;
    at = splitOf(set, plan);
    const isNewTemplate = set.template === 'canary' && !isTaken;
    isTaken ||= isNewTemplate;
    const pods = at.stable + at.canary;
    const rounds = isNewTemplate ? 1 : isRemoval(stage) ? 0 : roundsOf(from, at, plan.limits);
    const wantedPercent = isTaken ? undefined : set.percent;
    return {
      stage,
      split: at,
      pods,
      surge: Math.max(0, pods - plan.stableReplicas),
      // Every pod is of the new release once the stable workload has taken its template.
      share: isTaken ? { numerator: 1, denominator: 1 } : replicaShare(at),
      wantedPercent,
      errorPoints: wantedPercent === undefined ? undefined : errorPoints(wantedPercent, at),
      ...duration(stage, rounds),
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

function duration(
  { gate, deadlineMs }: Stage,
  rounds: number,
): Pick<StageDescription, 'leastMs' | 'mostMs'> {
  const [least, most] = rounds === 0 ? [0, 0] : [rounds * READY_ESTIMATE_MS, deadlineMs];
  switch (gate.kind) {
    case 'ready':
      return { leastMs: least, mostMs: most };
    case 'time':
      return { leastMs: least + gate.ms, mostMs: most + gate.ms };
    case 'verdict':
      return { leastMs: least + gate.soakMs, mostMs: most + gate.limitMs };
    case 'person':
      return { leastMs: least, mostMs: undefined };
  }
}
