import {
  observedShare,
  replicaShare,
  type Driver,
  type Fraction,
  type Pod,
  type RolloutRecord,
  type Stop,
  type Workload,
} from '@canary/rollout';
import { whatOf } from './plan-text.ts';
import { waitsFor } from './waits-for.ts';

/** A share of the requests with its 95 % interval. */
export interface ObservedShare {
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly canary: number;
  readonly requests: number;
}

/** Who drives a rollout. */
export interface StatusDriver {
  readonly holder: string;
  /** Since its last sign of life. */
  readonly silentMs: number;
  /** It gave none for so long that another may take over. */
  readonly gone: boolean;
}

/** Everything that `canary status` tells; `-o json` writes it as it is. */
export interface StatusView {
  readonly app: string;
  readonly namespace: string;
  readonly frozen: Stop | undefined;
  readonly rollout:
    | {
        readonly id: string;
        readonly from: string;
        readonly to: string;
        /** From 1. */
        readonly step: number;
        readonly steps: number;
        readonly what: string;
        readonly waitsFor: string | undefined;
        readonly outcome: string | undefined;
        readonly reason: string;
        readonly driver: StatusDriver | undefined;
        /** What was asked for, from 0 to 1; undefined once it has ended or turned back. */
        readonly targetShare: number | undefined;
        /** By the ready replicas. */
        readonly replicaShare: Fraction;
        /** Of the requests since the step began. */
        readonly observedShare: ObservedShare | undefined;
      }
    | undefined;
  readonly workloads: readonly StatusWorkload[];
}

/** A Deployment in the status. */
export interface StatusWorkload {
  readonly role: 'stable' | 'canary' | undefined;
  readonly name: string;
  readonly release: string;
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly pods: readonly Pick<
    Pod,
    'name' | 'ready' | 'restarts' | 'node' | 'reason' | 'message' | 'terminating'
  >[];
}

/** What the status is made of. */
export interface StatusSources {
  readonly app: string;
  readonly namespace: string;
  readonly record: RolloutRecord | undefined;
  readonly frozen: Stop | undefined;
  readonly workloads: readonly Workload[];
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** How a release stands. */
export function statusView(sources: StatusSources): StatusView {
  const { app, namespace, frozen, record, workloads, now } = sources;
  return {
    app,
    namespace,
    frozen,
    rollout: record && rolloutOf(record, workloads, now),
    workloads: workloads.map(({ ref, release, replicas, readyReplicas, pods }) => ({
      role: roleOf(ref.name, record),
      name: ref.name,
      release,
      replicas,
      readyReplicas,
      pods: pods.map(({ name, ready, restarts, node, reason, message, terminating }) => ({
        name,
        ready,
        restarts,
        node,
        reason,
        message,
        terminating,
      })),
    })),
  };
}

function rolloutOf(record: RolloutRecord, workloads: readonly Workload[], now: number) {
  const { plan, step, driver, observation, outcome, direction } = record;
  const current = plan.steps[step];
  const ready = (name: string) =>
    workloads.find(({ ref }) => ref.name === name)?.readyReplicas ?? 0;
  const { requests } = observation;
  const interval = observedShare(requests, record.canary.release);
  const isUnderWay = outcome === undefined && direction === 'forward';
  return {
    id: record.id,
    from: record.stable.release,
    to: record.canary.release,
    step: step + 1,
    steps: plan.steps.length,
    what: current ? whatOf(current) : 'not begun',
    waitsFor: waitsFor(record, now),
    outcome,
    reason: record.reason,
    driver: driver && driverOf(driver, now),
    targetShare: isUnderWay ? targetOf(record) : undefined,
    replicaShare: replicaShare({
      stable: ready(record.stable.ref.name),
      canary: ready(record.canary.ref.name),
    }),
    observedShare: interval && {
      ...interval,
      canary: requests[record.canary.release] ?? 0,
      requests: Object.values(requests).reduce((sum, count) => sum + count, 0),
    },
  };
}

/** The share that was wished for the canary with the newest split, or that the split is. */
export function targetOf({ plan, step }: RolloutRecord): number {
  if (plan.steps[step]?.kind === 'retire') return 1;
  const split = plan.steps.slice(0, step + 1).findLast((each) => each.kind === 'scale');
  if (!split) return 0;
  if (split.percent !== undefined) return split.percent / 100;
  return split.canary / (split.stable + split.canary);
}

function roleOf(name: string, record: RolloutRecord | undefined): StatusWorkload['role'] {
  if (name === record?.canary.ref.name) return record.outcome === 'promoted' ? 'stable' : 'canary';
  return name === record?.stable.ref.name ? 'stable' : undefined;
}

function driverOf({ holder, heartbeatAt, leaseMs }: Driver, now: number): StatusDriver {
  const silentMs = Math.max(0, now - heartbeatAt);
  return { holder, silentMs, gone: silentMs >= leaseMs };
}
