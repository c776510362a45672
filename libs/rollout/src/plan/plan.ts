import type { Split } from './split.ts';

/**
 * What is to be so while a stage lasts. Each stage says all of it, so that any of them can be
 * reached from any other, and the first is where a rollback ends.
 */
export interface DesiredState {
  /** Stable replicas; undefined: its own affair (an autoscaler's, a person's), and never touched. */
  readonly stable?: number;
  /** Canary replicas. */
  readonly canary: number;
  /** The canary share that was wished for, in percent; the split comes as near as replicas allow. */
  readonly percent?: number;
  /** The stable workload has taken over the canary's pod template, by its own rolling update. */
  readonly template?: 'canary';
  /** This workload is gone; its replicas above are 0. */
  readonly removed?: Role;
}

/** The two workloads of a rollout. */
export type Role = 'stable' | 'canary';

/** The state being there is enough. */
export interface ReadyGate {
  readonly kind: 'ready';
}

/** Looks for a while, whatever it sees; only a verdict `roll back` or `hold` ends it early. */
export interface TimeGate {
  readonly kind: 'time';
  readonly ms: number;
  /** The new release has its full size, and the old one goes next. */
  readonly bake?: true;
}

/** Looks until the judge has come to a verdict. */
export interface VerdictGate {
  readonly kind: 'verdict';
  /** A verdict `promote` counts that is given after so many milliseconds, not before. */
  readonly soakMs: number;
  /** After so many milliseconds without a verdict, `onTimeout` says what follows. */
  readonly limitMs: number;
  /** The new release has its full size, and the old one goes next. */
  readonly bake?: true;
  /** `promote` means `hold` where the judge does not say that the canary could be promoted. */
  readonly onTimeout: 'hold' | 'promote' | 'rollback';
}

/** Waits for a person's `promote`. */
export interface PersonGate {
  readonly kind: 'person';
}

/** What has to be so, once the desired state is there, before the next stage begins. */
export type Gate = ReadyGate | TimeGate | VerdictGate | PersonGate;

/** A desired state and a gate. */
export interface Stage {
  readonly set: DesiredState;
  /** After so many milliseconds without the desired state being there, it is rolled back. */
  readonly deadlineMs: number;
  readonly gate: Gate;
}

/** What no operation may ever break, in any stage and on the way back. */
export interface Limits {
  /** Ready replicas of both sides together that an operation has to leave. */
  readonly minReady: number;
  /** Pods of both sides together that may be asked for. */
  readonly maxPods: number;
  /** The canary, or a rollback, may be short of ready replicas for so many milliseconds. */
  readonly readyMs: number;
  /** A pod that cannot start by itself (image, crash loop) is waited for so many milliseconds. */
  readonly graceMs: number;
}

/** What a rollout does, as data. */
export interface Plan {
  /** The stable release's size at the start. */
  readonly stableReplicas: number;
  readonly limits: Limits;
  /** Milliseconds from look to look, in whatever stage. */
  readonly everyMs: number;
  readonly stages: readonly Stage[];
}

/** Milliseconds from look to look, where nothing is said of it. */
export const EVERY_MS = 10_000;

/** The state before the first stage, which is where a rollback ends. */
export function firstState({ stages, stableReplicas }: Plan): DesiredState {
  const isScaled = stages.some(({ set }) => set.stable !== undefined);
  return { ...(isScaled ? { stable: stableReplicas } : {}), canary: 0, removed: 'canary' };
}

/** Whether two states ask for the same. */
export function isSameState(a: DesiredState, b: DesiredState): boolean {
  return (['stable', 'canary', 'template', 'removed'] as const).every((key) => a[key] === b[key]);
}

/** Whether a workload goes for good in this stage, and nothing else happens in it. */
export function isRemoval({ set }: Stage): boolean {
  return set.removed !== undefined;
}

/** The replicas of both sides in a state; the stable ones are as many as at the start where they are nobody's to say. */
export function splitOf({ stable, canary }: DesiredState, { stableReplicas }: Plan): Split {
  return { stable: stable ?? stableReplicas, canary };
}
