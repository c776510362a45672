import type { Condition } from '@canary/rollout';

/** What a Deployment's conditions are told by. */
export interface ReplicaCounts {
  readonly replicas: number;
  /** Pods that are not terminating. */
  readonly total: number;
  /** Those of the present template. */
  readonly updated: number;
  readonly ready: number;
  readonly available: number;
  /** How many of the replicas have to be available. */
  readonly least: number;
  /** The ReplicaSet of the present template. */
  readonly replicaSet: string;
}

type Reason =
  | 'NewReplicaSetCreated'
  | 'ReplicaSetUpdated'
  | 'NewReplicaSetAvailable'
  | 'ProgressDeadlineExceeded';

/**
 * The conditions `Available` and `Progressing`, as Kubernetes' Deployment controller sets them: the
 * deadline runs from the last progress, and once a template's rollout is complete, it never runs
 * out for that template again, however it is scaled.
 */
export class Progress {
  #counts: ReplicaCounts | undefined;
  #reason: Reason = 'NewReplicaSetCreated';
  #lastProgress = 0;

  /**
   * @param now in milliseconds
   * @param deadlineSeconds `progressDeadlineSeconds`
   */
  update(counts: ReplicaCounts, now: number, deadlineSeconds: number): void {
    const before = this.#counts;
    this.#counts = counts;
    if (before?.replicaSet !== counts.replicaSet) this.#become('NewReplicaSetCreated', now);
    if (this.#reason === 'NewReplicaSetAvailable') return;
    const { replicas, total, updated, available } = counts;
    if (total === replicas && updated === replicas && available === replicas)
      this.#become('NewReplicaSetAvailable', now);
    else if (before && hasProgressed(before, counts)) this.#become('ReplicaSetUpdated', now);
    else if (now - this.#lastProgress >= deadlineSeconds * 1000)
      this.#reason = 'ProgressDeadlineExceeded';
  }

  /** When the deadline runs out unless something happens; undefined where it does not run. */
  deadline(deadlineSeconds: number): number | undefined {
    const runs = this.#reason === 'NewReplicaSetCreated' || this.#reason === 'ReplicaSetUpdated';
    return runs ? this.#lastProgress + deadlineSeconds * 1000 : undefined;
  }

  get conditions(): readonly Condition[] {
    return this.#counts ? [available(this.#counts), this.#progressing(this.#counts)] : [];
  }

  #progressing({ replicaSet }: ReplicaCounts): Condition {
    const messages: Record<Reason, string> = {
      NewReplicaSetCreated: `Created new replica set "${replicaSet}"`,
      ReplicaSetUpdated: `ReplicaSet "${replicaSet}" is progressing.`,
      NewReplicaSetAvailable: `ReplicaSet "${replicaSet}" has successfully progressed.`,
      ProgressDeadlineExceeded: `ReplicaSet "${replicaSet}" has timed out progressing.`,
    };
    const reason = this.#reason;
    const status = reason === 'ProgressDeadlineExceeded' ? 'False' : 'True';
    return { type: 'Progressing', status, reason, message: messages[reason] };
  }

  #become(reason: Reason, now: number): void {
    this.#reason = reason;
    this.#lastProgress = now;
  }
}

function available(counts: ReplicaCounts): Condition {
  const enough = counts.available >= counts.least;
  return {
    type: 'Available',
    status: enough ? 'True' : 'False',
    reason: enough ? 'MinimumReplicasAvailable' : 'MinimumReplicasUnavailable',
    message: `Deployment ${enough ? 'has' : 'does not have'} minimum availability.`,
  };
}

function hasProgressed(before: ReplicaCounts, now: ReplicaCounts): boolean {
  return (
    now.updated > before.updated ||
    now.total - now.updated < before.total - before.updated ||
    now.ready > before.ready ||
    now.available > before.available
  );
}
