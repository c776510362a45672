import { nameOf } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';
import { listed, serviceName, servicesInFront } from '../traffic.ts';

/** Several Services in front of the same pods. */
export const severalServices: Rule = {
  id: 'several-services',
  check: (facts) => {
    const services = servicesInFront(facts);
    if (services.length < 2) return [];
    return [
      {
        severity: 'info',
        object: nameOf(facts.deployment),
        message: `${listed(services.map(serviceName))} select its pods: the canary gets its share of the requests to each`,
        remedy: 'nothing to do',
      },
    ];
  },
};
