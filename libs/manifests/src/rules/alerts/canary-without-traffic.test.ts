import { others, seriesOf } from '../../testing/series.ts';
import { testAlert } from '../../testing/test-rule.ts';
import { canaryWithoutTraffic } from './canary-without-traffic.ts';

/** A rollout with that share of ready replicas, and requests to its two releases. */
const release = (share: number, requests: { stable: string; canary: string }, of = {}) => ({
  [seriesOf('canary_rollout_release', { ...of, release: '1.0.0', role: 'stable' })]: '1x60',
  [seriesOf('canary_rollout_release', { ...of, release: '2.0.0', role: 'canary' })]: '1x60',
  [seriesOf('canary_rollout_replica_share', of)]: `${share}x60`,
  [seriesOf('http_requests_total', { ...of, release: '1.0.0' })]: requests.stable,
  [seriesOf('http_requests_total', { ...of, release: '2.0.0' })]: requests.canary,
});
const [some, none] = ['0+100x60', '0x60'];

const fires = [
  {
    labels: {
      kubernetes_namespace: 'canary',
      appname: 'myapp',
      release: '2.0.0',
      role: 'canary',
    },
    summary: 'Canary 2.0.0 of myapp gets no traffic',
    description:
      'Its replicas are ready, and not one request reached 2.0.0 for minutes: it will be held as "no data", never promoted.',
  },
];

testAlert(canaryWithoutTraffic, [
  {
    what: 'fires where the stable release alone is asked, whoever else is asked',
    series: {
      ...release(0.2, { stable: some, canary: none }),
      ...release(0.2, { stable: some, canary: some }, others[0]),
      ...release(0.2, { stable: some, canary: some }, others[1]),
    },
    at: '5m',
    gives: fires,
  },
  {
    what: 'fires where the traffic ended minutes ago',
    series: release(0.2, { stable: some, canary: '0+100x10 1000x50' }),
    at: '14m',
    gives: fires,
  },
  {
    what: 'waits two minutes',
    series: release(0.2, { stable: some, canary: none }),
    at: '1m30s',
    gives: [],
  },
  {
    what: 'does not fire while requests come, however few',
    series: release(0.2, { stable: some, canary: '0 1 1 1 1 1 1 1 1 2 2 2 2 2 2 2 2 2 2 3x40' }),
    at: '9m',
    gives: [],
  },
  {
    what: 'does not fire while no replica of the canary is ready, whatever others have',
    series: {
      ...release(0, { stable: some, canary: none }),
      ...release(0.2, { stable: some, canary: some }, others[0]),
      ...release(0.2, { stable: some, canary: some }, others[1]),
    },
    at: '5m',
    gives: [],
  },
]);
