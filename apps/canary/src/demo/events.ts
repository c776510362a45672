import type { ShareInterval } from '@canary/judge';
import type { RolloutRecord, Target, Workload } from '@canary/rollout';
import type { TrafficReport } from '@canary/traffic';

/** The phases of the article's release, in their order. */
export const phases = ['v1', 'canary', 'take-over', 'roll back'] as const;
export type Phase = (typeof phases)[number];

/** How the traffic was shared since the canary was ready. */
export interface Split {
  /** Requests that either release answered. */
  readonly requests: number;
  /** Those of them that the canary answered. */
  readonly canary: number;
  /** What the replicas allow, from 0 to 1. */
  readonly replicaShare: number;
  /** What the requests show, with its 95 % interval. */
  readonly observed: ShareInterval;
}

/** How things are, a few times a second. */
export interface Snapshot {
  readonly workloads: readonly Workload[];
  readonly targets: readonly Target[];
  readonly traffic: TrafficReport | undefined;
  readonly split: Split | undefined;
}

/** What the demonstration tells while it goes on. */
export type DemoEvent =
  | { readonly kind: 'phase'; readonly phase: Phase; readonly title: string }
  | { readonly kind: 'said'; readonly text: string }
  | { readonly kind: 'now'; readonly snapshot: Snapshot };

/** What came of it. */
export interface DemoSummary {
  readonly site: string;
  readonly outcome: RolloutRecord['outcome'];
  /** What the verdict rests on. */
  readonly reason: string;
  /** Failed requests (status 500 or above) of all to each release. */
  readonly failures: Readonly<
    Record<'stable' | 'canary', { readonly failed: number; readonly requests: number }>
  >;
  readonly seconds: number;
  readonly phases: readonly { readonly phase: Phase; readonly seconds: number }[];
  readonly split: Split | undefined;
  readonly traffic: TrafficReport;
  /** Requests without a whole answer. */
  readonly lost: number;
  readonly targets: readonly Target[];
}
