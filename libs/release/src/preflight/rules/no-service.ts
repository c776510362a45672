import type { Facts } from '../facts.ts';
import { nameOf } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';
import { listed, serviceName, servicesInFront } from '../traffic.ts';

/** Pods that nothing sends requests to. */
export const noService: Rule = {
  id: 'no-service',
  check: (facts) => {
    if (servicesInFront(facts).length > 0) return [];
    const byHand = slicesByHand(facts);
    return [
      {
        severity: 'warn',
        object: nameOf(facts.deployment),
        message:
          byHand.length === 0
            ? 'no Service selects its pods: the canary gets no requests, and readiness, restarts and time alone decide'
            : `${listed(byHand)} has no selector, and somebody else writes its endpoints, which name these pods: the canary gets requests only where its pods are written there too`,
        remedy:
          'have a Service select the pods by labels that they have, or go on where they take their work from elsewhere',
      },
    ];
  },
};

/** Services whose endpoints, which Kubernetes does not write, lead to the Deployment's pods. */
function slicesByHand({ services, endpointSlices, replicaSets, deployment }: Facts): string[] {
  const own = replicaSets
    .filter(({ metadata }) =>
      metadata.ownerReferences?.some(({ uid }) => uid === deployment.metadata.uid),
    )
    .map(({ metadata }) => `${metadata.name}-`);
  return services
    .filter(({ spec, metadata }) => {
      if (Object.keys(spec.selector ?? {}).length > 0) return false;
      const slices = endpointSlices.filter(
        (slice) => slice.metadata.labels?.['kubernetes.io/service-name'] === metadata.name,
      );
      return slices.some(({ endpoints }) =>
        endpoints?.some(({ targetRef }) => own.some((name) => targetRef?.name?.startsWith(name))),
      );
    })
    .map(serviceName);
}
