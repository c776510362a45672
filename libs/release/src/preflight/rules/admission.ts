import { nameOf } from '../../objects/deployment.ts';
import { podSecurityWarning } from '../pod-security-warning.ts';
import type { Problem } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** What the API server said to the canary, asked to make it without keeping it. */
export const admission: Rule = {
  id: 'admission',
  check: ({ dryRun, canary }) => {
    if (!dryRun) return [];
    const object = nameOf(canary);
    const warnings = dryRun.warnings
      .filter((warning) => podSecurityWarning(warning) === undefined)
      .map((warning): Problem => ({
        severity: 'warn',
        object,
        message: `the API server warns of it: ${warning}`,
        remedy: 'change the template accordingly, or go on where it is meant so',
      }));
    if (dryRun.error === undefined) return warnings;
    const refused: Problem = {
      severity: 'refuse',
      object,
      message: `the API server would not take it: ${dryRun.error}`,
      remedy:
        'change the template accordingly, or have the policy that refuses it let it pass (kubectl get validatingadmissionpolicies,validatingwebhookconfigurations)',
    };
    return [refused, ...warnings];
  },
};
