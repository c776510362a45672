import type { Rule } from '../rule.ts';

/** Somebody else who sets the replicas. */
export const autoscaler: Rule = {
  id: 'autoscaler',
  check: ({ autoscalers, deployment }) =>
    autoscalers
      .filter(({ spec: { scaleTargetRef: target } }) => {
        return target.kind === 'Deployment' && target.name === deployment.metadata.name;
      })
      .map(({ metadata, spec }) => ({
        severity: 'info',
        object: `HorizontalPodAutoscaler ${metadata.name}`,
        message: `it owns the replicas of Deployment ${deployment.metadata.name} (${spec.minReplicas ?? 1} to ${spec.maxReplicas}): the release leaves them to it, and follows; it finds pods by the Deployment's selector, and so weighs the load of the canary's pods, too`,
        remedy: 'nothing to do',
      })),
};
