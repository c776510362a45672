import type { Rule } from '../rule.ts';
import { serviceName, servicesInFront } from '../traffic.ts';

/** Clients that stay with one pod. */
export const sessionAffinity: Rule = {
  id: 'session-affinity',
  check: (facts) =>
    servicesInFront(facts)
      .filter(({ spec }) => spec.sessionAffinity === 'ClientIP')
      .map((service) => ({
        severity: 'warn',
        object: serviceName(service),
        message:
          'its sessionAffinity is ClientIP: a client stays with its pod, so that the split is one of clients and not of requests, and few clients behind one address make it uneven',
        remedy:
          'go on where there are many clients, or set sessionAffinity: None for the release; the share of the requests is shown as it is',
      })),
};
