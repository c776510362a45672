import { canaryFailing } from './alerts/canary-failing.ts';
import { canaryRolloutAbandoned } from './alerts/canary-rollout-abandoned.ts';
import { canaryRolloutStuck } from './alerts/canary-rollout-stuck.ts';
import { canaryWithoutTraffic } from './alerts/canary-without-traffic.ts';
import { falseAlarmBudgetSpent } from './alerts/false-alarm-budget-spent.ts';
import { releaseTargetDown } from './alerts/release-target-down.ts';
import { recordingRules } from './recording.ts';
import type { AlertingRule } from './rule.ts';

/** Every alert; docs/runbooks.md has a section for each. */
export const alertingRules: readonly AlertingRule[] = [
  canaryFailing,
  releaseTargetDown,
  canaryRolloutStuck,
  canaryRolloutAbandoned,
  canaryWithoutTraffic,
  falseAlarmBudgetSpent,
];

/** All rules, as a rule file of Prometheus has them and a `PrometheusRule` of its operator, too. */
export const ruleGroups = {
  groups: [
    { name: 'canary-releases', rules: recordingRules },
    { name: 'canary-alerts', rules: alertingRules },
  ],
};
