import { nameOf, replicasOf } from '../../objects/deployment.ts';
import type { Problem } from '../finding.ts';
import { rollingUpdateOf } from '../rolling-update.ts';
import type { Rule } from '../rule.ts';

/** A rolling update that takes away too much at once. */
export const rollingUpdate: Rule = {
  id: 'rolling-update',
  check: ({ deployment }): readonly Problem[] => {
    const replicas = replicasOf(deployment);
    if (deployment.spec.strategy?.type === 'Recreate' || replicas === 0) return [];
    const { unavailable } = rollingUpdateOf(deployment);
    const said = deployment.spec.strategy?.rollingUpdate?.maxUnavailable ?? '25%';
    const object = nameOf(deployment);
    const remedy = 'set strategy.rollingUpdate to maxUnavailable: 0 and maxSurge: 1';
    if (unavailable >= replicas)
      return [
        {
          severity: 'warn',
          object,
          message: `with maxUnavailable ${said} all of its ${replicas} pods may go at once when it takes the release over: the canary's pods have all the traffic until new ones are ready`,
          remedy,
        },
      ];
    if (unavailable * 2 > replicas)
      return [
        {
          severity: 'warn',
          object,
          message: `with maxUnavailable ${said} it may have no more than ${replicas - unavailable} of ${replicas} pods while it takes the release over`,
          remedy,
        },
      ];
    return [];
  },
};
