import type { JudgeContext, Opinion } from '../ports/judge.ts';
import type { PlatformObject, Workload, WorkloadRef } from '../ports/platform.ts';

/** What a rollout is told. `at` is now, in milliseconds since the Unix epoch. */
export type RolloutEvent =
  /** A driver begins, or cannot be sure any more what became of what it did. */
  | {
      readonly kind: 'resumed';
      readonly at: number;
      /** Since when no driver lived before this one; undefined where one did. */
      readonly absentSince?: number | undefined;
      /** Why the judge cannot go on from its saved sums, and begins anew. */
      readonly judgeTrouble?: string | undefined;
    }
  /** Time has passed, or a request has come in. */
  | { readonly kind: 'tick'; readonly at: number }
  /** The workloads now; `listing` where they were listed on purpose. */
  | {
      readonly kind: 'workloads';
      readonly at: number;
      readonly workloads: readonly Workload[];
      readonly listing?: number;
    }
  /** The platform does not tell any more what is there. */
  | { readonly kind: 'unreachable'; readonly at: number; readonly error: string }
  /** The platform took an operation. */
  | { readonly kind: 'called'; readonly at: number; readonly operation: number }
  /** The platform did not take an operation, or did not say so. */
  | {
      readonly kind: 'call failed';
      readonly at: number;
      readonly operation: number;
      readonly error: string;
    }
  | {
      readonly kind: 'listing failed';
      readonly at: number;
      readonly listing: number;
      readonly error: string;
    }
  /** A look has come to something; `judge` is the judge's state after it. */
  | {
      readonly kind: 'looked';
      readonly at: number;
      readonly look: number;
      readonly opinion: Opinion;
      readonly judge: unknown;
    }
  | {
      readonly kind: 'look failed';
      readonly at: number;
      readonly look: number;
      readonly error: string;
    };

/** What is to be done now that the record is saved. Each is idempotent. */
export type Action =
  | { readonly kind: 'apply'; readonly operation: number; readonly object: PlatformObject }
  | {
      readonly kind: 'scale';
      readonly operation: number;
      readonly ref: WorkloadRef;
      readonly replicas: number;
      readonly uid: string | undefined;
    }
  | {
      readonly kind: 'template';
      readonly operation: number;
      readonly ref: WorkloadRef;
      readonly template: unknown;
      readonly uid: string;
    }
  | {
      readonly kind: 'remove';
      readonly operation: number;
      readonly ref: WorkloadRef;
      readonly uid: string | undefined;
    }
  | { readonly kind: 'list'; readonly listing: number }
  | { readonly kind: 'look'; readonly look: number; readonly context: JudgeContext };
