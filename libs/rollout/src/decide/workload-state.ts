import { isReplica } from '../ports/is-replica.ts';
import type { Condition, Pod, PlatformObject, Workload } from '../ports/platform.ts';
import type { Problem } from '../record/record.ts';
import type { Role } from '../plan/plan.ts';

/** One workload, as far as decisions depend on it. */
export interface View {
  readonly uid: string;
  readonly generation: number;
  /** Replicas that it is asked to have. */
  readonly replicas: number;
  /** Pods that are ready and stay. */
  readonly ready: number;
  /** Pods that stay, ready or not. */
  readonly live: number;
  /** Of them those of the template that it is asked to have. */
  readonly updated: number;
  readonly deleting: boolean;
  readonly problem: Omit<Problem, 'since'> | undefined;
  readonly object: PlatformObject;
}

/** What was last seen of both sides; undefined: it is not there. */
export type Seen = Readonly<Record<Role, View | undefined>>;

/** Reasons that do not pass by themselves, as a kubelet words them. */
const FATAL = new Set([
  'CrashLoopBackOff',
  'CreateContainerConfigError',
  'CreateContainerError',
  'ErrImageNeverPull',
  'ErrImagePull',
  'ImageInspectError',
  'ImagePullBackOff',
  'InvalidImageName',
  'OOMKilled',
  'RunContainerError',
  'StartError',
]);

/** The view of a workload. */
export function viewOf(workload: Workload): View {
  const staying = workload.pods.filter(isReplica);
  return {
    uid: workload.uid,
    generation: workload.generation,
    replicas: workload.replicas,
    // The status may lag behind the pods, and the pods behind the status: the lower one is sure.
    ready: Math.min(workload.readyReplicas, staying.filter(({ ready }) => ready).length),
    live: staying.length,
    updated: Math.min(workload.updatedReplicas, staying.length),
    deleting: workload.deleting === true,
    problem: problemOf(workload, staying),
    object: workload.object,
  };
}

function problemOf(workload: Workload, pods: readonly Pod[]): View['problem'] {
  const troubled = pods.filter(({ ready, reason }) => !ready && reason !== undefined);
  const failure = workload.conditions.find(
    ({ type, status }) => type === 'ReplicaFailure' && status === 'True',
  );
  const isRefused = failure !== undefined && isForbidden(failure);
  const worst = troubled.find(isFatal) ?? (isRefused ? undefined : troubled[0]);
  if (worst?.reason !== undefined) {
    const { name, reason, message } = worst;
    return { pod: name, reason, message, fatal: isFatal(worst) };
  }
  if (!failure) return undefined;
  const { reason = failure.type, message } = failure;
  return { pod: undefined, reason, message, fatal: isRefused };
}

/**
 * Whether admission forbids the pod (a Pod Security Standard, a webhook): as it is, it can never
 * start. A quota that is used up is another matter: somebody may free room.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/admission/errors.go
 */
function isForbidden({ reason, message = '' }: Condition): boolean {
  if (reason !== 'FailedCreate' || message.includes('exceeded quota')) return false;
  return message.includes('forbidden') || message.includes('denied the request');
}

function isFatal({ reason }: Pod): boolean {
  return reason !== undefined && FATAL.has(reason);
}
