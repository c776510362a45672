import { CANARY_ROLE, ROLE_LABEL } from '../../canary/role.ts';
import { nameOf } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';

/** A Deployment that has the canary's name already. */
export const canaryName: Rule = {
  id: 'canary-name',
  check: ({ canary, deployment, deployments }) => {
    const { name } = canary.metadata;
    const taken = deployments.find(({ metadata }) => metadata.name === name);
    if (!taken) return [];
    const { labels = {}, ownerReferences = [] } = taken.metadata;
    const isOurs =
      labels[ROLE_LABEL] === CANARY_ROLE &&
      ownerReferences.some(({ uid }) => uid === deployment.metadata.uid);
    if (isOurs)
      return [
        {
          severity: 'info',
          object: nameOf(taken),
          message: `it is there already, a canary of ${nameOf(deployment)} that an earlier release left: it becomes the new one`,
          remedy: `nothing to do; to be rid of it: kubectl delete deploy/${name}`,
        },
      ];
    return [
      {
        severity: 'refuse',
        object: nameOf(taken),
        message: `it has the name that the canary of ${nameOf(deployment)} is to have, and is no canary of it`,
        remedy: `delete it where nobody needs it (kubectl delete deploy/${name}), or apply it under another name`,
      },
    ];
  },
};
