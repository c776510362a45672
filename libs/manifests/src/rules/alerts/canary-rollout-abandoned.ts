import { APP, runbook, type AlertingRule } from '../rule.ts';

const last = (outcomes: string) =>
  `max by (${APP}, rollout) (last_over_time(canary_rollout_outcome{${outcomes}}[1h])) == 1`;

/** A release under way whose driver is gone, and no other has come. */
export const canaryRolloutAbandoned: AlertingRule = {
  alert: 'CanaryRolloutAbandoned',
  expr: `(${last('outcome="none"')})
  unless on (${APP}, rollout)
(${last('outcome!="none"')})
  unless on (${APP})
canary_rollout_info`,
  for: '2m',
  labels: { severity: 'critical' },
  annotations: {
    summary: 'Nobody drives the release of {{ $labels.appname }}',
    description:
      'The driver of {{ $labels.rollout }} is gone and the release has not ended: a canary that fails would not be taken back.',
    runbook: runbook('CanaryRolloutAbandoned'),
  },
};
