import { probeOf } from '../model/probe.ts';
import type { Rule } from '../rule.ts';

/** Liveness that fails when readiness does: restarts where a rest would have been enough. */
export const livenessAsReadiness: Rule = {
  id: 'liveness-as-readiness',
  severity: 'warning',
  summary: 'the liveness probe asks what the readiness probe asks, and gives up no later',
  why: 'A pod that is only overloaded, or waits for a database, ought to lose its traffic for a while. Here it is restarted at the same moment, with all that it had in memory; its load goes to the other pods, and they are next.',
  fix: 'Let liveness give up much later than readiness (`failureThreshold`, `periodSeconds`), or ask something that depends on nothing but the process.',
  check: ({ workloads }) =>
    workloads.flatMap(({ manifest, containers }) =>
      containers.flatMap((container) => {
        const liveness = probeOf(container, 'livenessProbe');
        const readiness = probeOf(container, 'readinessProbe');
        if (!liveness?.asks || liveness.asks !== readiness?.asks) return [];
        const [live, ready] = [liveness, readiness].map((probe) => probe.givesUpAfterSeconds);
        if (live! > ready!) return [];
        const message = `container ${container.name}: liveness asks the same as readiness, and gives up after ${live!} s, readiness after ${ready!} s`;
        return { manifest, path: [...container.path, 'livenessProbe'], message };
      }),
    ),
};
