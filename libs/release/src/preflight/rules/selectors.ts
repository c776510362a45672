import { nameOf } from '../../objects/deployment.ts';
import { labelsOf } from '../../objects/pod-template.ts';
import { matches, selectorText } from '../../objects/selector.ts';
import type { Rule } from '../rule.ts';
import { isOfRelease } from '../traffic.ts';

/** Somebody else who takes the canary's pods for their own, or whose pods the canary's takes. */
export const selectors: Rule = {
  id: 'selectors',
  check: (facts) => {
    const { canary, deployments, replicaSets } = facts;
    const pods = labelsOf(canary.spec.template);
    const bare = replicaSets
      .filter(({ metadata }) => !metadata.ownerReferences?.some(({ controller }) => controller))
      .filter(({ spec }) => matches(spec.selector, pods))
      .map(({ metadata, spec }) => ({ name: `ReplicaSet ${metadata.name}`, spec }));
    const others = deployments.filter((other) => !isOfRelease(facts, other));
    const takers = others
      .filter(({ spec }) => matches(spec.selector, pods))
      .map((other) => ({ name: nameOf(other), spec: other.spec }));
    const taken = others.filter(({ spec }) =>
      matches(canary.spec.selector, labelsOf(spec.template)),
    );
    return [
      ...[...takers, ...bare].map(({ name, spec }) => ({
        severity: 'refuse' as const,
        object: name,
        message: `its selector ${selectorText(spec.selector)} matches the canary's pods: what goes by it (an autoscaler, kubectl logs) takes them for its own`,
        remedy: `have a label in its selector that the pods of ${nameOf(facts.deployment)} lack; a selector cannot be changed, so make it anew`,
      })),
      ...taken.map((other) => ({
        severity: 'refuse' as const,
        object: nameOf(other),
        message: `its pods match the canary's selector ${selectorText(canary.spec.selector)}, as those of another canary of the same labels do`,
        remedy:
          'wait until its release has ended, or delete it where none is under way (kubectl delete)',
      })),
    ];
  },
};
