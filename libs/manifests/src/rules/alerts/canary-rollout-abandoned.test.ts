import { others, seriesOf } from '../../testing/series.ts';
import { testAlert } from '../../testing/test-rule.ts';
import { canaryRolloutAbandoned } from './canary-rollout-abandoned.ts';

/** A driver that is seen as these values say; `_` is not seen, `stale` gone. */
const driver = (
  pod: string,
  rollout: string,
  { none, promoted, info }: Record<string, string>,
  of = {},
) => {
  const labels = { kubernetes_pod_name: pod, rollout, ...of };
  return {
    [seriesOf('canary_rollout_outcome', { ...labels, outcome: 'none' })]: none!,
    [seriesOf('canary_rollout_outcome', { ...labels, outcome: 'promoted' })]: promoted!,
    [seriesOf('canary_rollout_info', labels)]: info!,
  };
};
const abandoned = { none: '1x10 stale', promoted: '0x10 stale', info: '1x10 stale' };
const driving = { none: '1x200', promoted: '0x200', info: '1x200' };
const ended = { none: '1x10 0x3 stale', promoted: '0x10 1x3 stale', info: '1x13 stale' };

const fires = [
  {
    labels: { kubernetes_namespace: 'canary', appname: 'myapp', rollout: 'one' },
    summary: 'Nobody drives the release of myapp',
    description:
      'The driver of one is gone and the release has not ended: a canary that fails would not be taken back.',
  },
];

testAlert(canaryRolloutAbandoned, [
  {
    what: 'fires where the driver is gone before the end, whatever others do',
    series: {
      ...driver('a', 'one', abandoned),
      ...driver('z', 'the one before', ended),
      ...driver('b', 'two', driving, others[0]),
      ...driver('c', 'three', driving, others[1]),
      ...driver('d', 'one', ended, others[0]),
      ...driver('e', 'one', ended, others[1]),
    },
    at: '9m',
    gives: fires,
  },
  {
    what: 'still fires half an hour later, once, whoever drove it before',
    series: { ...driver('a', 'one', abandoned), ...driver('b', 'one', abandoned) },
    at: '35m',
    gives: fires,
  },
  {
    what: 'waits two minutes for another driver',
    series: driver('a', 'one', abandoned),
    at: '6m',
    gives: [],
  },
  {
    what: 'does not fire while it is driven',
    series: driver('a', 'one', driving),
    at: '30m',
    gives: [],
  },
  {
    what: 'does not fire while another drives it on',
    series: { ...driver('a', 'one', abandoned), ...driver('b', 'one', driving) },
    at: '30m',
    gives: [],
  },
  {
    what: 'does not fire once it has ended',
    series: driver('a', 'one', ended),
    at: '30m',
    gives: [],
  },
  {
    what: 'does not fire where two drivers after one that was gone ended it',
    series: {
      ...driver('a', 'one', abandoned),
      ...driver('b', 'one', ended),
      ...driver('c', 'one', ended),
    },
    at: '30m',
    gives: [],
  },
]);
