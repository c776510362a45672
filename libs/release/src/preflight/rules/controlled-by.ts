import { nameOf } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';

/** An operator that makes the Deployment from an object of its own. */
export const controlledBy: Rule = {
  id: 'controlled-by',
  check: ({ deployment }) =>
    (deployment.metadata.ownerReferences ?? [])
      .filter((owner) => owner['controller'] === true)
      .map(({ kind, name }) => ({
        severity: 'warn',
        object: nameOf(deployment),
        message: `${kind} ${name} makes it, and whatever acts for it may take back the new template when the Deployment takes the release over`,
        remedy: `make the same change in ${kind} ${name} when the canary has passed, or see that its operator leaves the pod template alone`,
      })),
};
