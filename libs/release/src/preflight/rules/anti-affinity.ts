import { nameOf, replicasOf, type LabelSelector } from '../../objects/deployment.ts';
import { labelsOf } from '../../objects/pod-template.ts';
import { matches, selectorText } from '../../objects/selector.ts';
import type { Rule } from '../rule.ts';

interface Term {
  readonly labelSelector?: LabelSelector;
  readonly topologyKey?: string;
}

/** Pods that may not run beside their like, so that the canary needs nodes of its own. */
export const antiAffinity: Rule = {
  id: 'anti-affinity',
  check: ({ canary, deployment }) => {
    const { template } = canary.spec;
    const rules = template.spec.affinity?.['podAntiAffinity'] as
      { readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly Term[] } | undefined;
    const term = rules?.requiredDuringSchedulingIgnoredDuringExecution?.find(({ labelSelector }) =>
      matches(labelSelector ?? {}, labelsOf(template)),
    );
    if (!term) return [];
    const needed = replicasOf(deployment) + replicasOf(canary);
    return [
      {
        severity: 'warn',
        object: nameOf(deployment),
        message: `its podAntiAffinity keeps pods of ${selectorText(term.labelSelector ?? {})} apart by ${term.topologyKey ?? 'node'}: with the canary ${needed} of them are needed, and a pod more while the Deployment takes the release over; pods without one stay Pending`,
        remedy:
          'see that there are as many (kubectl get nodes), or make the rule a preferred one (preferredDuringSchedulingIgnoredDuringExecution)',
      },
    ];
  },
};
