import { APP, runbook, type AlertingRule } from '../rule.ts';

/** Its driver is alive, and a step takes longer than the plan allows; one that a person stopped is not stuck. */
export const canaryRolloutStuck: AlertingRule = {
  alert: 'CanaryRolloutStuck',
  expr: `(time() - max by (${APP}) (canary_rollout_due_timestamp_seconds) > 0)
  unless on (${APP})
(canary_rollout_paused == 1 or canary_rollout_frozen == 1)`,
  for: '5m',
  labels: { severity: 'warning' },
  annotations: {
    summary: 'The release of {{ $labels.appname }} is stuck',
    description:
      'Its step should have been over {{ $value | humanizeDuration }} ago. Both releases share the traffic as they stand.',
    runbook: runbook('CanaryRolloutStuck'),
  },
};
