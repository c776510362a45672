import { nameOf } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';

/** A strategy that stops all pods before it starts new ones. */
export const recreate: Rule = {
  id: 'recreate',
  check: ({ deployment }) =>
    deployment.spec.strategy?.type === 'Recreate'
      ? [
          {
            severity: 'warn',
            object: nameOf(deployment),
            message:
              "its strategy is Recreate: when it takes the release over all its pods stop before new ones start, and meanwhile the canary's pods have all the traffic; two releases run at once, which Recreate is often meant to prevent",
            remedy:
              'see that two releases may run side by side; then set strategy RollingUpdate, or give the canary enough replicas for all the traffic',
          },
        ]
      : [],
};
