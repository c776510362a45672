import { nameOf } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';
import { selects, serviceName, servicesInFront } from '../traffic.ts';

/** A Service that would lose its pods with the release. */
export const canaryNotSelected: Rule = {
  id: 'canary-not-selected',
  check: (facts) =>
    servicesInFront(facts)
      .filter((service) => !selects(service, facts.canary.spec.template))
      .map((service) => {
        const labels = facts.canary.spec.template.metadata?.labels ?? {};
        const lacking = Object.entries(service.spec.selector ?? {})
          .filter(([key, value]) => labels[key] !== value)
          .map(([key, value]) => `${key}=${value}`)
          .join(',');
        return {
          severity: 'refuse',
          object: serviceName(service),
          message: `it selects the pods of ${nameOf(facts.deployment)} as they are, and not the new ones, which lack ${lacking}: they would get no requests from it`,
          remedy: `keep ${lacking} in the new template's labels, or take it out of the Service's selector first`,
        };
      }),
};
