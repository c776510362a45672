import { nameOf } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';
import { isOfRelease, listed, selects, serviceName, servicesInFront } from '../traffic.ts';

/** A Service that sends traffic to pods of other Deployments, too. */
export const serviceShared: Rule = {
  id: 'service-shared',
  check: (facts) =>
    servicesInFront(facts).flatMap((service) => {
      const others = facts.deployments.filter(
        (other) => !isOfRelease(facts, other) && selects(service, other.spec.template),
      );
      if (others.length === 0) return [];
      return {
        severity: 'warn',
        object: serviceName(service),
        message: `it sends to the pods of ${listed(others.map(nameOf))}, too: the canary's share of its requests is smaller than its share of the replicas`,
        remedy:
          'select by a label that the other pods lack, or go on: the share of the requests is shown as it is',
      };
    }),
};
