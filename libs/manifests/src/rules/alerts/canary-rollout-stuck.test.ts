import { others, seriesOf } from '../../testing/series.ts';
import { testAlert } from '../../testing/test-rule.ts';
import { canaryRolloutStuck } from './canary-rollout-stuck.ts';

const due = (seconds: number, labels = {}) => ({
  [seriesOf('canary_rollout_due_timestamp_seconds', labels)]: `${seconds}x40`,
});
const is = (state: 'paused' | 'frozen', value: 0 | 1, labels = {}) => ({
  [seriesOf(`canary_rollout_${state}`, labels)]: `${value}x40`,
});
const driving = { ...is('paused', 0), ...is('frozen', 0) };

const fires = (ago: string) => [
  {
    labels: { kubernetes_namespace: 'canary', appname: 'myapp' },
    summary: 'The release of myapp is stuck',
    description: `Its step should have been over ${ago} ago. Both releases share the traffic as they stand.`,
  },
];

testAlert(canaryRolloutStuck, [
  {
    what: 'fires five minutes after a step should have been over',
    series: {
      ...due(60),
      ...driving,
      // A person has stopped the others.
      ...due(60, others[0]),
      ...is('paused', 1, others[0]),
      ...is('frozen', 0, others[0]),
      ...due(60, others[1]),
      ...is('paused', 0, others[1]),
      ...is('frozen', 1, others[1]),
    },
    at: '10m',
    gives: fires('9m 0s'),
  },
  {
    what: 'fires from the very second on, whoever else drives it',
    series: {
      ...due(299.9, { kubernetes_pod_name: 'one' }),
      ...due(299.9, { kubernetes_pod_name: 'two' }),
      ...driving,
    },
    at: '10m',
    gives: fires('5m 0s'),
  },
  {
    what: 'waits five minutes',
    series: { ...due(60), ...driving },
    at: '5m',
    gives: [],
  },
  {
    what: 'does not fire before the step should be over',
    series: { ...due(1100), ...driving },
    at: '10m',
    gives: [],
  },
  {
    what: 'does not fire while it is paused by a person',
    series: { ...due(60), ...is('paused', 1), ...is('frozen', 0) },
    at: '10m',
    gives: [],
  },
  {
    what: 'does not fire while it is frozen by a person',
    series: { ...due(60), ...is('paused', 0), ...is('frozen', 1) },
    at: '10m',
    gives: [],
  },
  {
    what: 'goes by the newest of two drivers',
    series: {
      ...due(60, { kubernetes_pod_name: 'gone' }),
      ...due(1100, { kubernetes_pod_name: 'new' }),
      ...driving,
    },
    at: '10m',
    gives: [],
  },
]);
