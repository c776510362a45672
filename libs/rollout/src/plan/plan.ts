/** Brings both sides to so many replicas, and waits until they are ready. */
export interface ScaleStep {
  readonly kind: 'scale';
  readonly stable: number;
  readonly canary: number;
  /** The canary share that was wished for, in percent; the split comes as near as replicas allow. */
  readonly percent?: number;
  /** After so many milliseconds without being ready, it is rolled back. */
  readonly deadlineMs: number;
}

/** Looks for a while, whatever it sees; only a verdict `roll back` or `hold` ends it early. */
export interface ObserveForStep {
  readonly kind: 'observe';
  readonly until: 'time';
  readonly ms: number;
  /** The canary has its full size, and the stable release goes next. */
  readonly bake?: true;
  /** Only in plans of an earlier version of this tool, see {@link paceOf}. */
  readonly everyMs?: number;
}

/** Looks until the judge has come to a verdict. */
export interface ObserveUntilVerdictStep {
  readonly kind: 'observe';
  readonly until: 'verdict';
  /** A verdict `promote` counts that is given after so many milliseconds, not before. */
  readonly soakMs: number;
  /** After so many milliseconds without a verdict, `onTimeout` says what follows. */
  readonly limitMs: number;
  /** The canary has its full size, and the stable release goes next. */
  readonly bake?: true;
  /** Only in plans of an earlier version of this tool, see {@link paceOf}. */
  readonly everyMs?: number;
  /** `promote` means `hold` where the judge does not say that the canary could be promoted. */
  readonly onTimeout: 'hold' | 'promote' | 'rollback';
}

/** Waits for a person's `promote`. */
export interface ConfirmStep {
  readonly kind: 'confirm';
}

/** Removes the stable workload, once the canary alone has enough ready replicas. */
export interface RetireStep {
  readonly kind: 'retire';
}

/** A step of a plan. */
export type Step = ScaleStep | ObserveForStep | ObserveUntilVerdictStep | ConfirmStep | RetireStep;

/** What no action may ever break, in any step and on the way back. */
export interface Limits {
  /** Ready replicas of both sides together that an action has to leave. */
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
  /** The stable release's full size: what a rollback ends with. */
  readonly stableReplicas: number;
  readonly limits: Limits;
  /** Milliseconds from look to look, in whatever step; see {@link paceOf}. */
  readonly everyMs?: number;
  readonly steps: readonly Step[];
}

/** A plan that does not say how often to look. */
const EVERY_MS = 10_000;

/**
 * Milliseconds from look to look, in whatever step a plan is. Plans of an earlier version of this
 * tool say it with each observe step.
 */
export function paceOf({ everyMs, steps }: Pick<Plan, 'everyMs' | 'steps'>): number {
  const own = steps.flatMap((step) => (step.kind === 'observe' ? (step.everyMs ?? []) : []));
  return everyMs ?? own[0] ?? EVERY_MS;
}
