import type { PlatformObject } from '@canary/rollout';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { standardLabels } from './labels.ts';
import type { Parameters } from './parameters.ts';
import { validated } from './validated.ts';

/** The namespace of everything else; a cluster that enforces pod security holds its pods to `restricted`. */
export function namespace({ namespace: name }: Parameters): PlatformObject {
  return validated(
    new Namespace({
      metadata: {
        name,
        labels: {
          ...standardLabels(name, 'namespace'),
          'pod-security.kubernetes.io/enforce': 'restricted',
        },
      },
    }),
  );
}
