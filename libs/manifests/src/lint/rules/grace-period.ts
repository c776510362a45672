import { drainOf } from '../model/drain.ts';
import { numberOf } from '../model/fields.ts';
import type { Rule } from '../rule.ts';

/** What Kubernetes grants where nothing else is said. */
const DEFAULT_SECONDS = 30;

/** A pod that is killed before it has left. */
export const gracePeriod: Rule = {
  id: 'grace-period',
  severity: 'error',
  summary: 'the grace period is no longer than the drain',
  why: 'The grace period runs from the moment a pod is told to leave, and its preStop hook and drain are part of it. When it is over the process is killed with the requests that it still has: each step of a release that takes pods away loses some.',
  fix: 'Set `terminationGracePeriodSeconds` to the drain, the slowest answer and some room.',
  check: ({ workloads }) =>
    workloads.flatMap(({ manifest, template, spec, containers }) => {
      const own = numberOf(spec['terminationGracePeriodSeconds']);
      const grace = own ?? DEFAULT_SECONDS;
      return containers.flatMap((container) => {
        const drain = container.isInit ? undefined : drainOf(container);
        if (!drain || grace > drain.seconds) return [];
        const said = own === undefined ? `${grace}, as it is not set` : String(grace);
        return {
          manifest,
          path:
            own === undefined ? drain.path : [...template, 'spec', 'terminationGracePeriodSeconds'],
          message: `terminationGracePeriodSeconds is ${said}, and ${drain.said} in container ${container.name}`,
        };
      });
    }),
};
