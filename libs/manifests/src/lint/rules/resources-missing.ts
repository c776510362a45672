import { fieldsOf, valueAt, type Fields } from '../model/fields.ts';
import type { Rule } from '../rule.ts';

const WANTED = [
  ['requests', 'cpu'],
  ['requests', 'memory'],
  ['limits', 'memory'],
] as const;

/** Containers that ask for nothing, or may take everything. */
export const resourcesMissing: Rule = {
  id: 'resources-missing',
  severity: 'warning',
  summary: 'a container without requests, or without a limit of its memory',
  why: 'Pods without requests are put where there is no room for them, and are the first to go when a node runs short; a canary on a full node is slow for no fault of its own. Without a limit one leak takes the memory of the whole node. A limit of CPU is not asked for: it only slows down what could use idle time.',
  fix: 'Set `resources.requests.cpu`, `resources.requests.memory` and `resources.limits.memory`, or a LimitRange for the namespace.',
  check: (scope) =>
    scope.workloads.flatMap(({ manifest, spec, containers }) => {
      if (scope.ofKind('LimitRange', manifest.namespace).length > 0 || 'resources' in spec)
        return [];
      return containers.flatMap(({ name, fields, path, isInit }) => {
        const resources = fieldsOf(fields['resources']);
        const missing = WANTED.filter(([of, what]) => !has(resources, of, what));
        if (isInit || missing.length === 0) return [];
        const message = `container ${name} has no ${missing.map((one) => one.join('.')).join(', ')}`;
        return { manifest, path: [...path, 'resources'], message };
      });
    }),
};

/** A limit without a request is the request too. */
function has(resources: Fields, of: 'requests' | 'limits', what: string): boolean {
  const value = (list: string) => valueAt(resources, [list, what]) ?? undefined;
  return (value(of) ?? (of === 'requests' ? value('limits') : undefined)) !== undefined;
}
