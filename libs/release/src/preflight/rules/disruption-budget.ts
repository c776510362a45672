import { labelsOf } from '../../objects/pod-template.ts';
import { matches } from '../../objects/selector.ts';
import type { DisruptionBudget } from '../../objects/cluster-objects.ts';
import type { Deployment } from '../../objects/deployment.ts';
import type { Rule } from '../rule.ts';

/** A budget of the stable pods that counts the canary's. */
export const disruptionBudget: Rule = {
  id: 'disruption-budget',
  check: ({ disruptionBudgets, canary }) =>
    disruptionBudgets
      .filter((budget) => covers(budget, canary))
      .map(({ metadata, spec }) => ({
        severity: 'info',
        object: `PodDisruptionBudget ${metadata.name}`,
        message:
          spec.minAvailable === undefined
            ? `it counts the canary's pods, too: while the release runs, its maxUnavailable ${String(spec.maxUnavailable ?? 'none')} is of both together`
            : `it counts the canary's pods, too: while the release runs, its minAvailable ${spec.minAvailable} may be met by them, so that an eviction takes a stable pod`,
        remedy: 'nothing to do; drain no nodes while the release runs where that is too little',
      })),
};

function covers({ spec }: DisruptionBudget, { spec: { template } }: Deployment): boolean {
  const { selector } = spec;
  if (!selector) return false;
  // In policy/v1 one that asks for nothing is for every pod of the namespace.
  const { matchLabels = {}, matchExpressions = [] } = selector;
  const asks = Object.keys(matchLabels).length + matchExpressions.length;
  return asks === 0 || matches(selector, labelsOf(template));
}
