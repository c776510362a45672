import { nameOf, type Deployment } from '../../objects/deployment.ts';
import { labelsOf } from '../../objects/pod-template.ts';
import { matches, selectorText } from '../../objects/selector.ts';
import type { Facts } from '../facts.ts';
import type { Problem } from '../finding.ts';
import type { Rule } from '../rule.ts';
import { isOfRelease } from '../traffic.ts';

/** Somebody else who takes the canary's pods for their own, or whose pods the canary takes for its own. */
export const selectors: Rule = {
  id: 'selectors',
  check: (facts) => {
    const others = facts.deployments.filter((other) => !isOfRelease(facts, other));
    return [
      ...others.flatMap((other) => taker(facts, other)),
      ...bareReplicaSets(facts),
      ...others.flatMap((other) => taken(facts, other)),
    ];
  },
};

const EFFECT = 'what goes by it (an autoscaler, kubectl logs) takes them for its own';

/**
 * One that has always matched the stable pods, and whose own are not matched in turn, goes on as it
 * did: Deployments know their ReplicaSets by their owner.
 */
function taker({ canary, deployment }: Facts, other: Deployment): Problem[] {
  const { selector, template } = other.spec;
  if (!matches(selector, labelsOf(canary.spec.template))) return [];
  const isMutual = matches(deployment.spec.selector, labelsOf(template));
  const isOld = matches(selector, labelsOf(deployment.spec.template));
  const own = nameOf(deployment);
  const problem = {
    object: nameOf(other),
    message: `its selector ${selectorText(selector)} matches the canary's pods${isOld ? `, as it does those of ${own}` : ''}${isMutual ? `, whose selector ${selectorText(deployment.spec.selector)} matches its pods in turn` : ''}: ${EFFECT}`,
  };
  return [
    isOld && !isMutual
      ? { severity: 'warn', ...problem, remedy: 'nothing for this release: it is as it was' }
      : {
          severity: 'refuse',
          ...problem,
          remedy: isOld
            ? `have a label in its selector that the pods of ${own} lack; a selector cannot be changed, so make it anew`
            : 'keep the labels of the pods as they are in the new template',
        },
  ];
}

function bareReplicaSets({ replicaSets, canary }: Facts): Problem[] {
  const pods = labelsOf(canary.spec.template);
  return replicaSets
    .filter(({ metadata }) => !metadata.ownerReferences?.some(({ controller }) => controller))
    .filter(({ spec }) => matches(spec.selector, pods))
    .map(({ metadata, spec }) => ({
      severity: 'refuse',
      object: `ReplicaSet ${metadata.name}`,
      message: `no Deployment owns it, and its selector ${selectorText(spec.selector)} matches the canary's pods: ${EFFECT}`,
      remedy: `delete it where nobody needs it (kubectl delete rs/${metadata.name}), or make it anew with another label in its selector`,
    }));
}

function taken({ canary }: Facts, other: Deployment): Problem[] {
  const { selector } = canary.spec;
  if (!matches(selector, labelsOf(other.spec.template))) return [];
  return [
    {
      severity: 'refuse',
      object: nameOf(other),
      message: `its pods match the canary's selector ${selectorText(selector)}, as those of another canary of the same labels do`,
      remedy:
        'wait until its release has ended, or delete it where none is under way (kubectl delete)',
    },
  ];
}
