import { matches } from '@canary/release';
import type { Condition, PlatformObject, Workload } from '@canary/rollout';
import type { Deployment, PodObject } from './api-objects.ts';
import { podOf } from './pod.ts';

/** The Deployments with their pods, both sorted by name. */
export function workloadsOf(
  deployments: readonly Deployment[],
  pods: readonly PodObject[],
): readonly Workload[] {
  return deployments
    .map((deployment) => workloadOf(deployment, pods))
    .sort(by(({ ref }) => ref.name));
}

function workloadOf(deployment: Deployment, pods: readonly PodObject[]): Workload {
  const { metadata, spec, status } = deployment;
  const labels = metadata.labels ?? {};
  const { name = '', namespace = '' } = metadata;
  return {
    ref: { namespace, name },
    uid: metadata.uid ?? '',
    generation: metadata.generation ?? 0,
    labels,
    release: spec.template.metadata?.labels?.['release'] ?? '',
    replicas: spec.replicas ?? 1,
    readyReplicas: status?.readyReplicas ?? 0,
    updatedReplicas: updatedOf(deployment),
    conditions: (status?.conditions ?? []).map(({ type, status, reason, message }): Condition => ({
      type,
      status: status === 'True' || status === 'False' ? status : 'Unknown',
      reason,
      message,
    })),
    pods: pods
      .filter((pod) => matches(spec.selector, pod.metadata.labels ?? {}) && mayBeOf(name, pod))
      .map(podOf)
      .sort(by((pod) => pod.name)),
    object: withoutServerFields({
      ...(deployment as unknown as PlatformObject),
      // A list leaves out of its items what it says of itself.
      apiVersion: 'apps/v1',
      kind: 'Deployment',
    }),
  };
}

/** A status from before the template was changed counts pods of the one before. */
function updatedOf({ metadata, status }: Deployment): number {
  const isBehind = (status?.observedGeneration ?? 0) < (metadata.generation ?? 0);
  return isBehind ? 0 : (status?.updatedReplicas ?? 0);
}

/**
 * Whether a pod that the selector matches is that Deployment's and not one's whose selector matches
 * it too: a Deployment names its ReplicaSets after itself and the hash that their pods carry.
 */
function mayBeOf(deployment: string, { metadata }: PodObject): boolean {
  const owner = metadata.ownerReferences?.find(({ controller }) => controller);
  const suffix = `-${metadata.labels?.['pod-template-hash'] ?? ''}`;
  if (owner?.kind !== 'ReplicaSet' || suffix === '-' || !owner.name.endsWith(suffix)) return true;
  return owner.name === `${deployment}${suffix}`;
}

const SERVER_METADATA = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'managedFields',
  'selfLink',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
];
const SERVER_ANNOTATIONS = [
  'deployment.kubernetes.io/revision',
  'kubectl.kubernetes.io/last-applied-configuration',
];

/** The object without what the server adds to it, so that it can be applied as one's own wish. */
export function withoutServerFields(object: PlatformObject): PlatformObject {
  const wanted = without(object, ['status']);
  const { annotations, ...metadata } = without(object.metadata, SERVER_METADATA);
  const kept = without(annotations ?? {}, SERVER_ANNOTATIONS);
  return {
    ...wanted,
    metadata: Object.keys(kept).length > 0 ? { ...metadata, annotations: kept } : metadata,
  };
}

function without<Value extends object>(value: Value, names: readonly string[]): Value {
  return Object.fromEntries(
    Object.entries(value).filter(([name]) => !names.includes(name)),
  ) as Value;
}

function by<Value>(key: (value: Value) => string): (a: Value, b: Value) => number {
  return (a, b) => (key(a) < key(b) ? -1 : Number(key(a) > key(b)));
}
