import { valueAt } from '../model/fields.ts';
import { nameOf } from '../model/manifest.ts';
import type { Rule } from '../rule.ts';

/** Traffic that is split by client, not by replicas. */
export const serviceSticky: Rule = {
  id: 'service-sticky',
  severity: 'warning',
  summary: 'several releases behind a Service that keeps each client at one pod',
  why: 'With `sessionAffinity: ClientIP` the canary gets the clients that happen to reach it first, and all that they send: behind a proxy that is everything or nothing, and never the share of its replicas.',
  fix: 'Leave `sessionAffinity` out while a canary runs, or split the traffic before the Service.',
  check: (scope) =>
    scope.services.flatMap((service) => {
      const { manifest } = service;
      const path = ['spec', 'sessionAffinity'];
      const behind = scope
        .behind(service)
        .filter(({ manifest: { kind } }) => kind === 'Deployment');
      if (valueAt(manifest.fields, path) !== 'ClientIP' || behind.length < 2) return [];
      const names = behind.map((workload) => nameOf(workload.manifest)).join(', ');
      return { manifest, path, message: `sessionAffinity is ClientIP, in front of ${names}` };
    }),
};
