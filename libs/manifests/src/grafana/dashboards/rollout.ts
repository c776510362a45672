import { OF_APP, type DashboardSpec } from './dashboard.ts';

/** What the driver of a release does and knows, by its own metrics. */
export const rolloutDashboard: DashboardSpec = {
  uid: 'canary-rollout',
  title: 'Canary: rollout',
  description: 'Step, evidence and verdicts of the release under way, as its driver tells them.',
  panels: [
    {
      title: 'Outcome',
      description: 'How the rollout ended; none while it is under way.',
      kind: 'stat',
      unit: 'none',
      width: 6,
      queries: [{ expr: `canary_rollout_outcome{${OF_APP}} == 1`, legend: '{{outcome}}' }],
    },
    {
      title: 'Step',
      description: 'The stage that it is in, of how many.',
      kind: 'stat',
      unit: 'none',
      width: 6,
      queries: [
        { expr: `canary_rollout_stage{${OF_APP}}`, legend: 'stage' },
        { expr: `canary_rollout_stages{${OF_APP}}`, legend: 'of' },
      ],
    },
    {
      title: 'Firing alerts',
      description: 'Alerts of this namespace; docs/runbooks.md says what to do.',
      kind: 'stat',
      unit: 'none',
      width: 6,
      queries: [
        {
          expr: 'count(ALERTS{alertstate="firing", kubernetes_namespace="$namespace"}) or vector(0)',
          legend: 'firing',
        },
      ],
    },
    {
      title: 'False-alarm budget of a day',
      description: 'Probability that a good canary was rolled back at all, at most.',
      kind: 'stat',
      unit: 'percentunit',
      width: 6,
      queries: [{ expr: `app:canary_rollout_alpha:sum1d{${OF_APP}}`, legend: 'spent' }],
    },
    {
      title: 'Evidence against the canary',
      description:
        'At what is needed the canary is rolled back. A metric alone would have to reach as much for each metric that is judged.',
      kind: 'graph',
      unit: 'none',
      width: 12,
      scale: 'log',
      queries: [
        { expr: `canary_rollout_evidence{${OF_APP}}`, legend: 'all' },
        { expr: `canary_rollout_evidence_needed{${OF_APP}}`, legend: 'needed' },
        { expr: `canary_rollout_metric_evidence{${OF_APP}}`, legend: '{{metric}}' },
      ],
    },
    {
      title: 'Evidence for a promotion',
      description: 'At what is needed, and after the soak, the canary is promoted.',
      kind: 'graph',
      unit: 'none',
      width: 12,
      scale: 'log',
      queries: [
        { expr: `canary_rollout_safety_evidence{${OF_APP}}`, legend: 'safety' },
        { expr: `canary_rollout_safety_evidence_needed{${OF_APP}}`, legend: 'needed' },
      ],
    },
    {
      title: 'Share of the requests since the stage began',
      description: 'As the driver has counted them, with the 95 % interval.',
      kind: 'graph',
      unit: 'percentunit',
      width: 12,
      queries: [
        { expr: `canary_rollout_observed_share{${OF_APP}}`, legend: 'observed' },
        { expr: `canary_rollout_observed_share_bound{${OF_APP}}`, legend: '{{bound}}' },
        { expr: `canary_rollout_target_share{${OF_APP}}`, legend: 'target' },
      ],
    },
    {
      title: 'Looks and verdicts',
      description: 'Looks at the pods per second, those that failed, and what they led to.',
      kind: 'graph',
      unit: 'ops',
      width: 12,
      queries: [
        { expr: `rate(canary_rollout_looks_total{${OF_APP}}[1m])`, legend: 'looks' },
        { expr: `rate(canary_rollout_look_errors_total{${OF_APP}}[1m])`, legend: 'failed looks' },
        { expr: `rate(canary_rollout_verdicts_total{${OF_APP}}[1m])`, legend: '{{verdict}}' },
      ],
    },
  ],
};
