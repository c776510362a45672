/** A ready pod, as a platform lists it. */
export function readyPod(name: string) {
  return {
    name,
    labels: {},
    annotations: {},
    templateHash: undefined,
    node: 'worker-1',
    scrapeAddress: '10.244.1.7:5555',
    phase: 'Running' as const,
    ready: true,
    terminating: false,
    restarts: 0,
    reason: undefined,
    message: undefined,
  };
}

/** A Deployment as far as a workload tells it. */
interface DeploymentLike {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
}

/** The workload of a Deployment with those pods, and no others, in the namespace `canary`. */
export function workloadOf<Deployment extends DeploymentLike, Pod extends { ready: boolean }>(
  object: Deployment,
  pods: readonly Pod[],
) {
  const { name, labels = {} } = object.metadata;
  return {
    ref: { namespace: 'canary', name },
    uid: `uid-${name}`,
    generation: 1,
    labels,
    release: labels['release'] ?? '',
    replicas: pods.length,
    updatedReplicas: pods.length,
    readyReplicas: pods.filter(({ ready }) => ready).length,
    conditions: [],
    pods,
    object,
  };
}
