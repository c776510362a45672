import { nameOf } from '../model/manifest.ts';
import { declaredPorts, declares, mayHavePort } from '../model/ports.ts';
import type { Rule } from '../rule.ts';

/** A Service that sends traffic where nothing listens. */
export const serviceTargetPort: Rule = {
  id: 'service-target-port',
  severity: 'error',
  summary: 'the target port of a Service is none of the pods that it selects',
  why: 'Connections to a number at which nothing listens are refused; a name that no container has leaves the Service without any endpoint for that port.',
  fix: 'Set `targetPort` to the number or the name of a container port.',
  check: (scope) =>
    scope.services
      .filter(({ isHeadless }) => !isHeadless)
      .flatMap((service) => {
        const behind = scope.behind(service);
        return service.ports.flatMap(({ target, path }) => {
          if (target === undefined || behind.length === 0) return [];
          const isThere = behind.some(
            (workload) =>
              declares(workload, target) ||
              (typeof target === 'number' && mayHavePort(scope, workload, target)),
          );
          if (isThere) return [];
          const [first] = behind;
          const ports = declaredPorts(first!);
          const has = ports === '' ? 'declares no port' : `has ${ports}`;
          const message = `target port ${JSON.stringify(target)} is none of the pods selected: ${nameOf(first!.manifest)} ${has}`;
          return { manifest: service.manifest, path: [...path, 'targetPort'], message };
        });
      }),
};
