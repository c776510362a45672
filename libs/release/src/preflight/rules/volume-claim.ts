import { nameOf } from '../../objects/deployment.ts';
import type { Problem } from '../finding.ts';
import type { Rule } from '../rule.ts';

const SHARED = ['ReadWriteMany', 'ReadOnlyMany'];

/** A volume that pods of two releases cannot have at once. */
export const volumeClaim: Rule = {
  id: 'volume-claim',
  check: ({ template, volumeClaims, deployment, unasked }) => {
    const names = (template.spec.volumes ?? []).flatMap(
      ({ persistentVolumeClaim: claim }) => claim?.claimName ?? [],
    );
    const areKnown = !unasked.some(({ what }) => what === 'PersistentVolumeClaims');
    return [...new Set(names)].flatMap((name): Problem[] => {
      const claim = volumeClaims.find(({ metadata }) => metadata.name === name);
      if (!claim)
        return areKnown
          ? [
              {
                severity: 'refuse',
                object: nameOf(deployment),
                message: `the new pods mount PersistentVolumeClaim ${name}, which does not exist: they would wait for it`,
                remedy: `create it first, or correct the name; see kubectl get pvc`,
              },
            ]
          : [];
      const modes = claim.spec.accessModes ?? [];
      if (modes.some((mode) => SHARED.includes(mode))) return [];
      return [
        {
          severity: 'refuse',
          object: `PersistentVolumeClaim ${name}`,
          message: `it is ${modes.join(', ')}: the canary's pods would wait for a volume that the stable pods have, or both releases would write to it`,
          remedy:
            'keep the data elsewhere (a ReadWriteMany volume, a database), or update this Deployment with strategy Recreate and no canary',
        },
      ];
    });
  },
};
