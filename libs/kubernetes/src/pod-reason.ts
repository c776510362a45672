import type { ContainerStatus, PodObject, Termination } from './api-objects.ts';

/** Why a pod is not ready: a word, and a sentence. */
export interface PodReason {
  readonly reason: string;
  readonly message: string | undefined;
}

/** States in which nothing has gone wrong yet. */
const STARTING = new Set(['ContainerCreating', 'PodInitializing']);

/**
 * Why a pod is not ready, in the words that `kubectl get pods` shows; undefined for one that is.
 * `NotReady` is ours: a container runs, but its readiness probe has not passed, of which kubectl
 * shows only `0/1`.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/master/pkg/printers/internalversion/printers.go (printPod)
 */
export function podReason(pod: PodObject): PodReason | undefined {
  const { status = {}, metadata, spec } = pod;
  if (metadata.deletionTimestamp) return { reason: 'Terminating', message: 'it was told to leave' };
  const condition = (type: string) => status.conditions?.find((each) => each.type === type);
  // A node that was shut down leaves pods that have ended and are still called ready.
  const hasEnded = status.phase === 'Failed' || status.phase === 'Succeeded';
  if (condition('Ready')?.status === 'True' && !hasEnded) return undefined;
  if (status.reason) return { reason: status.reason, message: status.message };
  const scheduled = condition('PodScheduled');
  if (scheduled?.status === 'False')
    return { reason: scheduled.reason ?? 'Unschedulable', message: scheduled.message };
  if (status.phase === 'Succeeded') return { reason: 'Completed', message: 'it has ended' };

  const initial = (status.initContainerStatuses ?? []).find(holdsUp);
  const inInit = initial && containerReason(initial, pod);
  if (inInit) return { ...inInit, reason: `Init:${inInit.reason}` };

  const reasons = (status.containerStatuses ?? []).flatMap(
    (each) => containerReason(each, pod) ?? [],
  );
  const worst = reasons.find(({ reason }) => !STARTING.has(reason)) ?? reasons[0];
  if (worst) return worst;
  if (!status.containerStatuses?.length)
    return {
      reason: status.phase ?? 'Unknown',
      message: `no container has been started on node ${spec.nodeName ?? 'unknown'} yet`,
    };
  const { message } = condition('Ready') ?? {};
  return {
    reason: 'NotReady',
    message:
      message ??
      `its containers are ready, but node ${spec.nodeName ?? 'unknown'} or a readiness gate is not`,
  };
}

/** An init container that the others wait for: it has not ended well, nor is it a sidecar that runs. */
function holdsUp({ state, ready }: ContainerStatus): boolean {
  return !ready && state?.terminated?.exitCode !== 0;
}

function containerReason(status: ContainerStatus, pod: PodObject): PodReason | undefined {
  const { name, state = {}, lastState, ready } = status;
  const ended = lastState?.terminated;
  if (state.waiting?.reason) {
    const { reason, message } = state.waiting;
    const last = ended ? `container ${name} ended last ${howItEnded(ended)}` : undefined;
    return { reason, message: [message, last].filter(Boolean).join('; ') || undefined };
  }
  if (state.terminated) {
    const { reason, exitCode, signal } = state.terminated;
    return {
      reason: reason ?? (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`),
      message: `container ${name} ended ${howItEnded(state.terminated)}`,
    };
  }
  if (state.running && !ready) {
    const message = `container ${name} runs, but ${probeOf(pod, name)} has not passed`;
    return { reason: 'NotReady', message };
  }
  return undefined;
}

function howItEnded({ exitCode, reason }: Termination): string {
  return `with exit code ${exitCode}${reason ? ` (${reason})` : ''}`;
}

function probeOf(pod: PodObject, name: string): string {
  const spec = pod.spec.containers.find((container) => container.name === name);
  const { path, port } = spec?.readinessProbe?.httpGet ?? {};
  return path === undefined
    ? 'its readiness probe'
    : `its readiness probe GET :${String(port)}${path}`;
}
