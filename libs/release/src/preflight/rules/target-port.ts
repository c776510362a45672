import type { Problem } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { containerAt, serviceName, servicesInFront, targetsOf } from '../traffic.ts';

/** A Service's port that the new pods do not have. */
export const targetPort: Rule = {
  id: 'target-port',
  check: (facts) =>
    servicesInFront(facts).flatMap((service) =>
      targetsOf(service)
        .filter((target) => !containerAt(facts.template, target))
        .flatMap((target): Problem[] => {
          const object = serviceName(service);
          if (typeof target === 'string')
            return [
              {
                severity: 'refuse',
                object,
                message: `it sends to the port called "${target}", and no container of the new pods has a port of that name: no request would reach them`,
                remedy: `name a port "${target}" in the new template (ports: name), or change the Service's targetPort first`,
              },
            ];
          // Ports may be left undeclared; it says something where the pods that run declare it.
          if (!containerAt(facts.deployment.spec.template, target)) return [];
          return [
            {
              severity: 'warn',
              object,
              message: `it sends to port ${target}, which the pods that run declare and the new ones do not`,
              remedy: `see that the new release listens on port ${target}, and declare it (ports: containerPort)`,
            },
          ];
        }),
    ),
};
