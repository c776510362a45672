import type { Facts } from './facts.ts';
import type { Finding, Severity } from './finding.ts';
import { rules } from './rules.ts';

const ORDER: readonly Severity[] = ['refuse', 'warn', 'info'];

/**
 * Looks at what is in the way of a release before it starts.
 *
 * @returns what was found by all rules, what refuses first; empty where there is nothing to say
 */
export function preflight(facts: Facts): Finding[] {
  const findings = rules.flatMap(({ id, check }) =>
    check(facts).map((problem): Finding => ({ rule: id, ...problem })),
  );
  return ORDER.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}
