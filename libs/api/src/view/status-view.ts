import {
  hasEnded,
  isDriven,
  isReplica,
  observedShare,
  releaseOfPod,
  replicaShare,
  type Driver,
  type Fraction,
  type Outcome,
  type Pod,
  type RolloutRecord,
  type Split,
  type Stop,
  type Verdict,
  type Workload,
} from '@canary/rollout';
import { standingOf, type Standing } from './standing.ts';
import { doingOf, stagesOf, targetShareOf, type StageView } from './stages.ts';
import { waitOf, waitText, type Wait } from './wait.ts';

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

/** What the judge said at its last look, in whatever stage. */
export interface StatusVerdict {
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly verdict: Verdict;
  readonly reason: string;
  readonly evidence: Readonly<Record<string, number>>;
  /** What a person should know of how it was counted; one sentence each. */
  readonly notes: readonly string[];
}

/** What the looks have shown since the stage began, or since its gate was reached. */
export interface StatusObservation {
  /** Numbers every look of the rollout: two views of one number have the same figures. */
  readonly number: number;
  /** When the last look ended, in milliseconds since the Unix epoch. */
  readonly at: number | undefined;
  /** Requests since then, by release. */
  readonly requests: Readonly<Record<string, number>>;
  /** Why the last look came to nothing. */
  readonly failure: string | undefined;
}

/** How a rollout stands. */
export interface StatusRollout {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** From 1. */
  readonly stage: number;
  readonly stages: number;
  readonly what: string;
  readonly plan: readonly StageView[];
  readonly waitsFor: string | undefined;
  readonly wait: Wait | undefined;
  readonly outcome: Outcome | undefined;
  /** It goes back, or has gone back. */
  readonly turnedBack: boolean;
  readonly reason: string;
  /** Times are milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly endedAt: number | undefined;
  readonly driver: StatusDriver | undefined;
  /** What was asked for, from 0 to 1; undefined once it has ended or turned back. */
  readonly targetShare: number | undefined;
  /** By the ready replicas. */
  readonly replicaShare: Fraction;
  /** Of the requests since the stage began, or since its gate was reached. */
  readonly observedShare: ObservedShare | undefined;
  readonly observation: StatusObservation;
  readonly judge: StatusVerdict | undefined;
  /** How each metric stands in this stage; undefined where nothing was weighed in it. */
  readonly standing: Standing | undefined;
}

/** Everything that `canary status` and the page tell; `-o json` writes it as it is. */
export interface StatusView {
  readonly app: string;
  readonly namespace: string;
  readonly frozen: Stop | undefined;
  readonly rollout: StatusRollout | undefined;
  readonly workloads: readonly StatusWorkload[];
}

/** A Deployment in the status. */
export interface StatusWorkload {
  readonly role: 'stable' | 'canary' | undefined;
  readonly name: string;
  readonly release: string;
  readonly replicas: number;
  readonly readyReplicas: number;
  readonly pods: readonly StatusPod[];
}

/** A pod in the status. */
export interface StatusPod extends Pick<
  Pod,
  'name' | 'ready' | 'restarts' | 'node' | 'reason' | 'message' | 'terminating'
> {
  /** It is what is left of one that was evicted or has completed: no replica any more. */
  readonly ended: boolean;
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
    workloads: workloads.map((workload) => workloadView(workload, roleOf(workload, record))),
  };
}

/** A Deployment as the status shows it. */
export function workloadView(
  { ref, release, replicas, readyReplicas, pods }: Workload,
  role: StatusWorkload['role'],
): StatusWorkload {
  return {
    role,
    name: ref.name,
    release,
    replicas,
    readyReplicas,
    pods: pods.map(({ name, ready, restarts, node, reason, message, terminating, phase }) => ({
      name,
      ready,
      restarts,
      node,
      reason,
      message,
      terminating,
      ended: hasEnded({ phase }),
    })),
  };
}

function rolloutOf(
  record: RolloutRecord,
  workloads: readonly Workload[],
  now: number,
): StatusRollout {
  const { plan, stage, driver, observation, outcome, direction, startedAt, endedAt } = record;
  const { number, at, failure, requests } = observation;
  const isUnderWay = outcome === undefined && direction === 'forward';
  const wait = waitOf(record);
  return {
    id: record.id,
    from: record.stable.release,
    to: record.canary.release,
    stage: stage + 1,
    stages: plan.stages.length,
    what: doingOf(record),
    plan: stagesOf(record),
    waitsFor: wait && waitText(wait, now),
    wait,
    outcome,
    turnedBack: direction === 'back',
    reason: record.reason,
    startedAt,
    endedAt,
    driver: driver && driverOf({ driver }, now),
    targetShare: isUnderWay ? targetShareOf(record) : undefined,
    replicaShare: replicaShare(readyOf(record, workloads)),
    observedShare: observed(requests, record.canary.release),
    observation: { number, at, requests, failure: failure?.error },
    judge: record.judged && verdictOf(record.judged),
    standing: standingOf(record),
  };
}

/** Ready pods of each side; in place the stable workload may have pods of both. */
function readyOf(record: RolloutRecord, workloads: readonly Workload[]): Split {
  const { stable, canary, templates } = record;
  if (!templates) {
    const ready = (name: string) =>
      workloads.find(({ ref }) => ref.name === name)?.readyReplicas ?? 0;
    return { stable: ready(stable.ref.name), canary: ready(canary.ref.name) };
  }
  const releases = workloads.flatMap((workload) =>
    workload.pods
      .filter((pod) => pod.ready && isReplica(pod))
      .map((pod) => releaseOfPod(workload, pod, record)),
  );
  const count = (release: string) => releases.filter((one) => one === release).length;
  return { stable: count(stable.release), canary: count(canary.release) };
}

function verdictOf({ at, opinion }: NonNullable<RolloutRecord['judged']>): StatusVerdict {
  const { verdict, reason, evidence, notes = [] } = opinion;
  return { at, verdict, reason, evidence, notes };
}

function observed(
  requests: Readonly<Record<string, number>>,
  canary: string,
): ObservedShare | undefined {
  const interval = observedShare(requests, canary);
  return (
    interval && {
      ...interval,
      canary: requests[canary] ?? 0,
      requests: Object.values(requests).reduce((sum, count) => sum + count, 0),
    }
  );
}

function roleOf({ ref }: Workload, record: RolloutRecord | undefined): StatusWorkload['role'] {
  if (ref.name === record?.canary.ref.name) {
    return record.outcome === 'promoted' ? 'stable' : 'canary';
  }
  return ref.name === record?.stable.ref.name ? 'stable' : undefined;
}

function driverOf({ driver }: { readonly driver: Driver }, now: number): StatusDriver {
  const silentMs = Math.max(0, now - driver.heartbeatAt);
  return { holder: driver.holder, silentMs, gone: !isDriven({ driver }, now) };
}
