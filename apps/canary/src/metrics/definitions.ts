import type { MetricDefinition } from '@canary/metrics';

const OF_APP = ['appname'];
const OF_ROLLOUT = ['appname', 'rollout'];

const gauge = (name: string, help: string, labels: readonly string[] = OF_APP) =>
  ({ name: `canary_rollout_${name}`, help, type: 'gauge', labels }) satisfies MetricDefinition;
const counter = (name: string, help: string, labels: readonly string[] = OF_APP) =>
  ({ name: `canary_rollout_${name}`, help, type: 'counter', labels }) satisfies MetricDefinition;

/** What a driver exposes about the rollout that it drives. */
export const rolloutMetricDefinitions = {
  info: gauge('info', 'Always 1; which rollout is driven, from which release to which.', [
    ...OF_ROLLOUT,
    'from',
    'to',
  ]),
  release: gauge('release', 'Always 1; whether a release is the stable one or the canary.', [
    'appname',
    'release',
    'role',
  ]),
  outcome: gauge('outcome', '1 for how the rollout ended, none while it is under way; else 0.', [
    ...OF_ROLLOUT,
    'outcome',
  ]),
  stage: gauge('stage', 'The stage that it is in, from 1; 0 before the first.'),
  stages: gauge('stages', 'Stages of the plan.'),
  stageStarted: gauge(
    'stage_started_timestamp_seconds',
    'When each stage that was begun began, in seconds since the Unix epoch.',
    ['appname', 'stage', 'what'],
  ),
  due: gauge(
    'due_timestamp_seconds',
    'When the stage should be over at the latest, in seconds since the Unix epoch.',
  ),
  paused: gauge('paused', '1 while a person has paused the rollout.'),
  frozen: gauge('frozen', '1 while a person has frozen it.'),
  targetShare: gauge('target_share', 'Share of the traffic asked for the canary, 0 to 1.'),
  replicaShare: gauge('replica_share', "The canary's share of the ready replicas, 0 to 1."),
  observedShare: gauge('observed_share', "The canary's share of the stage's requests, 0 to 1."),
  observedBound: gauge('observed_share_bound', 'Bounds of its 95 % interval.', [
    'appname',
    'bound',
  ]),
  evidence: gauge('evidence', 'Evidence (E) that the canary is worse, of all metrics together.'),
  evidenceNeeded: gauge('evidence_needed', 'The evidence that rolls it back.'),
  metricEvidence: gauge('metric_evidence', 'Evidence that the canary is worse, by metric.', [
    'appname',
    'metric',
  ]),
  metricEvidenceNeeded: gauge(
    'metric_evidence_needed',
    'The evidence of one metric that rolls it back where all others have none.',
    ['appname', 'metric'],
  ),
  safety: gauge('safety_evidence', 'Evidence that the canary is within the margin.'),
  safetyNeeded: gauge('safety_evidence_needed', 'The evidence that promotes it, after the soak.'),
  alpha: gauge(
    'alpha',
    'Probability that the rollout rolls back a canary that is no worse.',
    OF_ROLLOUT,
  ),
  looks: counter('looks_total', 'Looks at the pods, by all drivers of the rollout.'),
  lookErrors: counter('look_errors_total', 'Looks that failed since this driver began.'),
  verdicts: counter('verdicts_total', 'What looks led to since this driver began.', [
    'appname',
    'verdict',
  ]),
} as const satisfies Record<string, MetricDefinition>;

export type RolloutMetric = keyof typeof rolloutMetricDefinitions;
