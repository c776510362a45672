import { APP, RELEASE, runbook, type AlertingRule } from '../rule.ts';

const failed = (role: 'canary' | 'stable') =>
  `release:http_requests_failed:ratio5m and on (${RELEASE}) canary_rollout_release{role="${role}"}`;

/**
 * Plainer and slower than the judge, and independent of it: for a release that is not judged, that is
 * paused or frozen, or whose judge cannot look.
 */
export const canaryFailing: AlertingRule = {
  alert: 'CanaryFailing',
  expr: `(${failed('canary')})
  > on (${APP}) group_left ()
(2 * max by (${APP}) (${failed('stable')}) + 0.05)`,
  for: '1m',
  labels: { severity: 'critical' },
  annotations: {
    summary: 'Canary {{ $labels.release }} of {{ $labels.appname }} fails requests',
    description:
      '{{ $value | humanizePercentage }} of the requests to {{ $labels.release }} failed over 5 minutes: more than twice the share of the stable release and 5 points. Nobody has taken it back.',
    runbook: runbook('CanaryFailing'),
  },
};
