import { nameOf, replicasOf, type Deployment } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';

/** A Deployment that is not at rest: what a canary would be held against is not there. */
export const settled: Rule = {
  id: 'settled',
  check: ({ deployment }) => {
    const reason = unrest(deployment);
    return reason ? [{ severity: 'refuse', object: nameOf(deployment), ...reason }] : [];
  },
};

function unrest(deployment: Deployment): { message: string; remedy: string } | undefined {
  const { metadata, spec, status = {} } = deployment;
  const { name, generation = 0, deletionTimestamp } = metadata;
  const {
    replicas = 0,
    updatedReplicas = 0,
    availableReplicas = 0,
    observedGeneration = 0,
  } = status;
  const wanted = replicasOf(deployment);
  const wait = `wait for it: kubectl rollout status deploy/${name}`;
  if (deletionTimestamp !== undefined)
    return {
      message: 'it is being deleted',
      remedy: 'wait until it is gone, and apply it again',
    };
  if (spec.paused)
    return {
      message: 'it is paused: it would not take the release over',
      remedy: `let it go on first: kubectl rollout resume deploy/${name}`,
    };
  if (wanted === 0)
    return {
      message: 'it has 0 replicas: there is nothing that a canary could be held against',
      remedy: `scale it up first (kubectl scale deploy/${name} --replicas=2), or change it without a canary`,
    };
  if (observedGeneration < generation)
    return { message: 'Kubernetes has not yet acted on its last change', remedy: wait };
  // Pods of an older template are left; without any, fewer than wanted are on their way.
  if (replicas > updatedReplicas)
    return {
      message: `an update of it is in progress: ${updatedReplicas} of ${wanted} replicas are updated, and there are ${replicas} pods`,
      remedy: `${wait}; or go back: kubectl rollout undo deploy/${name}`,
    };
  if (availableReplicas < wanted)
    return {
      message: `it is not ready: ${availableReplicas} of ${wanted} replicas are available`,
      remedy: `see what its pods lack (kubectl describe deploy/${name}; kubectl get pods), and start again when it is ready`,
    };
  return undefined;
}
