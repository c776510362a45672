import { APP, RELEASE, type RecordingRule } from './rule.ts';

/** Share of requests that are faster than the series recorded under it. */
const QUANTILES = ['0.5', '0.9', '0.99'] as const;

/** What the releases of an app do, release by release: all that the judge looks at, in plain rates. */
export const recordingRules: readonly RecordingRule[] = [
  {
    record: 'release:http_requests:rate5m',
    expr: `sum by (${RELEASE}) (rate(http_requests_total{release!=""}[5m]))`,
  },
  {
    record: 'release:http_requests:share5m',
    expr: `release:http_requests:rate5m
  / on (${APP}) group_left ()
(sum by (${APP}) (release:http_requests:rate5m) > 0)`,
  },
  {
    // A release that never failed has no series of status 5xx: its share is 0, and not unknown.
    record: 'release:http_requests_failed:ratio5m',
    expr: `(
  sum by (${RELEASE}) (rate(http_requests_total{release!="", status=~"5.."}[5m]))
  or
  release:http_requests:rate5m * 0
)
  /
(release:http_requests:rate5m > 0)`,
  },
  ...QUANTILES.map((quantile) => ({
    record: 'release:http_request_duration_seconds:quantile5m',
    expr: `histogram_quantile(${quantile}, sum by (${RELEASE}, le) (rate(http_request_duration_seconds_bucket{release!=""}[5m])))`,
    labels: { quantile },
  })),
  {
    record: 'release:process_restarts:changes1h',
    expr: `sum by (${RELEASE}) (changes(process_start_time_seconds{release!=""}[1h]))`,
  },
  {
    record: 'release:targets:count',
    expr: `count by (${RELEASE}) (up{release!=""})`,
  },
  {
    record: 'release:targets:up',
    expr: `sum by (${RELEASE}) (up{release!=""})`,
  },
  {
    // By linearity it bounds the expected number of good canaries that a day's releases roll back.
    record: 'app:canary_rollout_alpha:sum1d',
    expr: `sum by (${APP}) (max by (${APP}, rollout) (max_over_time(canary_rollout_alpha[1d])))`,
  },
];
