import { nameOf } from '../model/manifest.ts';
import { isEmpty, matches, selectorText } from '../model/selector.ts';
import type { Workload } from '../model/workload.ts';
import type { Rule } from '../rule.ts';

/** Two workloads that take the same pods for their own. */
export const overlappingSelectors: Rule = {
  id: 'overlapping-selectors',
  severity: 'error',
  summary: 'the selector of a workload matches the pods of another one',
  why: 'Everything that goes by the selector then takes both for one: an autoscaler reads the load of the other release, `kubectl logs` and disruption budgets count its pods, and pods without an owner are taken by either. Kubernetes tells people not to do it, and does not hinder them.',
  fix: 'Have a label in both selectors that tells them apart, such as `release`; a selector cannot be changed later, so make a new Deployment.',
  check: (scope) =>
    scope.workloads.flatMap((workload) => {
      const { manifest, selector } = workload;
      if (!selector || isEmpty(selector)) return [];
      const other = scope
        .selected(manifest.namespace, selector)
        .find(
          (one) =>
            one.selector && !isSame(one, workload) && isFirst(scope.workloads, one, workload),
        );
      if (!other) return [];
      return {
        manifest,
        path: ['spec', 'selector'],
        message: `selector ${selectorText(selector)} matches the pods of ${nameOf(other.manifest)} too`,
      };
    }),
};

function isSame(a: Workload, b: Workload): boolean {
  return a.manifest.kind === b.manifest.kind && a.manifest.name === b.manifest.name;
}

/** Of two that match each other's pods, the later one is told of. */
function isFirst(all: readonly Workload[], other: Workload, own: Workload): boolean {
  const isMutual = other.selector !== undefined && matches(other.selector, own.labels);
  return !isMutual || all.indexOf(other) < all.indexOf(own);
}
