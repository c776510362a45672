import { APP, RELEASE, runbook, type AlertingRule } from '../rule.ts';

/** Replicas are ready and no request comes: nothing can be learned from such a canary. */
export const canaryWithoutTraffic: AlertingRule = {
  alert: 'CanaryWithoutTraffic',
  expr: `(canary_rollout_release{role="canary"} and on (${APP}) (canary_rollout_replica_share > 0))
  unless on (${RELEASE})
(release:http_requests:rate5m > 0)`,
  for: '2m',
  labels: { severity: 'warning' },
  annotations: {
    summary: 'Canary {{ $labels.release }} of {{ $labels.appname }} gets no traffic',
    description:
      'Its replicas are ready, and not one request reached {{ $labels.release }} for minutes: it will be held as "no data", never promoted.',
    runbook: runbook('CanaryWithoutTraffic'),
  },
};
