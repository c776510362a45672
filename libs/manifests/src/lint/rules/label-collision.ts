import type { Rule } from '../rule.ts';

/** Labels that are two to Kubernetes and one to Prometheus. */
export const labelCollision: Rule = {
  id: 'label-collision',
  severity: 'warning',
  summary: 'labels of pods whose names are the same once Prometheus has mangled them',
  why: 'Prometheus knows letters, digits and underscores only and puts an underscore for everything else: of `a-b` and `a.b` both become `a_b`, and which value is there is chance. Queries by release then count the wrong pods.',
  fix: 'Rename one of the labels, or drop it.',
  check: ({ workloads }) =>
    workloads.flatMap(({ manifest, template, labels }) => {
      const seen = new Map<string, string>();
      return Object.entries(labels).flatMap(([key, value]) => {
        const mangled = key.replace(/[^a-zA-Z0-9_]/g, '_');
        const first = seen.get(mangled);
        if (first === undefined) seen.set(mangled, key);
        if (first === undefined || labels[first] === value) return [];
        const message = `labels ${first} and ${key} are both ${mangled} to Prometheus`;
        return { manifest, path: [...template, 'metadata', 'labels', key], message };
      });
    }),
};
