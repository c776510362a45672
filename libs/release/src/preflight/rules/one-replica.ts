import { nameOf, replicasOf } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';

/** A stable release of one pod. */
export const oneReplica: Rule = {
  id: 'one-replica',
  check: ({ deployment }) =>
    replicasOf(deployment) === 1
      ? [
          {
            severity: 'info',
            object: nameOf(deployment),
            message:
              'it has one replica: a canary of one beside it gets half of the connections, and not fewer',
            remedy: `for a smaller share scale it up first (kubectl scale deploy/${deployment.metadata.name} --replicas=4: a canary of one then gets 20 %)`,
          },
        ]
      : [],
};
