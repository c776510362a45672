import { isEmpty, matches, selectorText } from '../model/selector.ts';
import type { Rule } from '../rule.ts';

/** A workload that would not find its own pods. */
export const selectorMismatch: Rule = {
  id: 'selector-mismatch',
  severity: 'error',
  summary: 'the selector of a workload does not match its own pods',
  why: 'Kubernetes refuses the object, with a message about `spec.template.metadata.labels`.',
  fix: 'Give the template every label that the selector asks for.',
  check: ({ workloads }) =>
    workloads.flatMap(({ manifest, selector, labels }) => {
      // Only APIs that are gone make the selector up from the labels.
      if (!selector || manifest.apiVersion !== 'apps/v1') return [];
      const problem = { manifest, path: ['spec', 'selector'] };
      if (isEmpty(selector)) {
        // Without labels either it is no object, but a patch of one.
        const isPatch = Object.keys(labels).length === 0;
        return isPatch ? [] : { ...problem, message: 'there is no selector' };
      }
      if (matches(selector, labels)) return [];
      const own = selectorText({ labels, expressions: [] });
      const has = own === '' ? 'has no labels' : `has ${own}`;
      return {
        ...problem,
        message: `selector asks for ${selectorText(selector)}, and the template ${has}`,
      };
    }),
};
