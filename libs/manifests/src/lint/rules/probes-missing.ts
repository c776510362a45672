import { probeOf } from '../model/probe.ts';
import { nameOf } from '../model/manifest.ts';
import type { Container } from '../model/container.ts';
import type { Service } from '../model/service.ts';
import { isBatch } from '../model/workload.ts';
import type { Rule } from '../rule.ts';

/** Traffic for a container of which nobody knows whether it is ready. */
export const probesMissing: Rule = {
  id: 'probes-missing',
  severity: 'warning',
  summary: 'a Service sends traffic to a container without a readiness probe',
  why: 'Without one a pod counts as ready the moment its process starts: it gets requests that it cannot answer yet, a broken canary looks like a healthy one, and a rolling update goes on over it. A liveness probe is not asked for: without one a container is restarted when its process ends, which is enough for most.',
  fix: 'Add a `readinessProbe` that succeeds when the container can answer, and a `startupProbe` where starting takes long.',
  check: (scope) =>
    scope.workloads
      .filter((workload) => !isBatch(workload))
      .flatMap((workload) => {
        const services = scope.inFrontOf(workload);
        return workload.containers.flatMap((container) => {
          if (container.isInit || probeOf(container, 'readinessProbe')) return [];
          const service = services.find((one) => sendsTo(one, container));
          if (!service) return [];
          const message = `container ${container.name} has no readiness probe, and ${nameOf(service.manifest)} sends it traffic`;
          return { manifest: workload.manifest, path: container.path, message };
        });
      }),
};

function sendsTo({ ports, isHeadless }: Service, container: Container): boolean {
  if (isHeadless) return false;
  return ports.some(({ target }) =>
    container.ports.some(({ number, name }) => number === target || name === target),
  );
}
