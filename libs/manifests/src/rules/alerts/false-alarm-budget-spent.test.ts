import { seriesOf } from '../../testing/series.ts';
import { testAlert } from '../../testing/test-rule.ts';
import { falseAlarmBudgetSpent } from './false-alarm-budget-spent.ts';

const releases = (count: number, alpha: string) =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [
      seriesOf('canary_rollout_alpha', { rollout: `number ${i}` }),
      alpha,
    ]),
  );

testAlert(falseAlarmBudgetSpent, [
  {
    what: 'fires where twelve releases of a day may each be rolled back wrongly in 1 of 100',
    series: releases(12, '0.01x20'),
    at: '10m',
    gives: [
      {
        labels: { kubernetes_namespace: 'canary', appname: 'myapp' },
        summary: 'So many releases of myapp that a false alarm is to be expected',
        description:
          'The releases of the last day together may roll back a good canary with a probability of up to 12%; the budget is 10 %.',
      },
    ],
  },
  {
    what: 'waits a minute',
    series: releases(12, '0.01x20'),
    at: '30s',
    gives: [],
  },
  {
    what: 'does not fire for nine',
    series: releases(9, '0.01x20'),
    at: '10m',
    gives: [],
  },
]);
