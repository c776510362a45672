import type { ResourceQuota } from '../objects/cluster-objects.ts';
import type { PodTemplate } from '../objects/pod-template.ts';
import type { PodNeeds } from './pod-needs.ts';

/**
 * Whether a quota counts the pods of a template. One of a scope that is not known here does not.
 *
 * @see https://kubernetes.io/docs/concepts/policy/resource-quotas/#quota-scopes
 */
export function isInScope(
  { spec }: ResourceQuota,
  template: PodTemplate,
  needs: PodNeeds,
): boolean {
  const { scopes = [], scopeSelector } = spec ?? {};
  const expressions = [
    ...scopes.map((scopeName) => ({ scopeName, operator: 'Exists', values: [] })),
    ...(scopeSelector?.matchExpressions ?? []),
  ];
  return expressions.every(({ scopeName, operator, values = [] }) => {
    if (scopeName === 'PriorityClass') {
      const { priorityClassName: name } = template.spec;
      if (operator === 'Exists') return name !== undefined;
      if (operator === 'DoesNotExist') return name === undefined;
      const isAmong = name !== undefined && values.includes(name);
      return operator === 'In' ? isAmong : !isAmong;
    }
    return isOf(scopeName, template, needs);
  });
}

function isOf(scope: string, { spec }: PodTemplate, { requests, limits }: PodNeeds): boolean {
  const isBestEffort = requests.size + limits.size === 0;
  switch (scope) {
    case 'BestEffort':
      return isBestEffort;
    case 'NotBestEffort':
      return !isBestEffort;
    case 'Terminating':
      return spec.activeDeadlineSeconds !== undefined;
    case 'NotTerminating':
      return spec.activeDeadlineSeconds === undefined;
    default:
      return false;
  }
}
