import { nameOf } from '../../objects/deployment.ts';
import type { Facts } from '../facts.ts';
import { podSecurityViolations } from '../pod-security.ts';
import {
  LEVELS,
  podSecurityWarning,
  strictness,
  type Level,
  type PodSecurityWarning,
} from '../pod-security-warning.ts';
import type { Rule } from '../rule.ts';

const ENFORCE = 'pod-security.kubernetes.io/enforce';
const WARN = 'pod-security.kubernetes.io/warn';

/**
 * Pods that the namespace would not let be made. Kubernetes takes the Deployment all the same, warns
 * of it, and then makes no pod.
 *
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 */
export const podSecurity: Rule = {
  id: 'pod-security',
  check: (facts) => {
    const { canary, namespaceLabels } = facts;
    const object = nameOf(canary);
    const enforced = levelOf(namespaceLabels, ENFORCE) ?? 'privileged';
    const warning = facts.dryRun?.warnings.flatMap((one) => podSecurityWarning(one) ?? [])[0];
    const violation = violationOf(facts, enforced, warning);
    if (violation !== undefined)
      return [
        {
          severity: 'refuse',
          object,
          message: `its pods violate the Pod Security Standard "${enforced}", which the namespace enforces: ${violation}; none would be made`,
          remedy: `set securityContext accordingly in the new template, or have the namespace's label ${ENFORCE} say less`,
        },
      ];
    if (!warning) return [];
    return [
      {
        severity: 'warn',
        object,
        message: `its pods violate the Pod Security Standard "${warning.level}", of which the namespace warns: ${warning.what}`,
        remedy: 'nothing for this release: they are made all the same',
      },
    ];
  },
};

/**
 * What violates the enforced level: in the server's words where it speaks of that one, and nothing
 * where it was asked to warn of it and does not.
 */
function violationOf(
  { canary, namespaceLabels, dryRun }: Facts,
  enforced: Level,
  warning: PodSecurityWarning | undefined,
): string | undefined {
  if (warning && strictness(warning.level) <= strictness(enforced)) return warning.what;
  const warned = levelOf(namespaceLabels, WARN);
  const wasSaid = dryRun && dryRun.error === undefined && warned && !warning;
  if (wasSaid && strictness(warned) >= strictness(enforced)) return undefined;
  const own = podSecurityViolations(canary.spec.template, enforced);
  return own.length === 0 ? undefined : own.join('; ');
}

function levelOf(labels: Readonly<Record<string, string>>, label: string): Level | undefined {
  return LEVELS.find((level) => level === labels[label]);
}
