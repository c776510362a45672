import { runbook, type AlertingRule } from '../rule.ts';

/**
 * Every judged release may be rolled back wrongly with probability `--alpha`, however often it is
 * looked at; over a day these add up (union bound).
 */
export const falseAlarmBudgetSpent: AlertingRule = {
  alert: 'FalseAlarmBudgetSpent',
  expr: 'app:canary_rollout_alpha:sum1d > 0.1',
  for: '1m',
  labels: { severity: 'info' },
  annotations: {
    summary: 'So many releases of {{ $labels.appname }} that a false alarm is to be expected',
    description:
      'The releases of the last day together may roll back a good canary with a probability of up to {{ $value | humanizePercentage }}; the budget is 10 %.',
    runbook: runbook('FalseAlarmBudgetSpent'),
  },
};
