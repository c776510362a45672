import { others, seriesOf } from '../../testing/series.ts';
import { testAlert } from '../../testing/test-rule.ts';
import { canaryFailing } from './canary-failing.ts';

type Labels = Readonly<Record<string, string>>;

/** 100 requests a half minute to each of the releases, so many of which fail. */
const failing = (releases: Readonly<Record<string, number>>, of: Labels = {}) =>
  Object.fromEntries(
    Object.entries(releases).flatMap(([release, failed]) => [
      [seriesOf('http_requests_total', { ...of, release, status: '200' }), `0+${100 - failed}x40`],
      [seriesOf('http_requests_total', { ...of, release, status: '500' }), `0+${failed}x40`],
    ]),
  );
const releases = (stable: number, canary: number, of: Labels = {}) =>
  failing({ '1.0.0': stable, '2.0.0': canary }, of);

const roles = (by: Readonly<Record<string, 'stable' | 'canary'>>, of: Labels = {}) =>
  Object.fromEntries(
    Object.entries(by).map(([release, role]) => [
      seriesOf('canary_rollout_release', { ...of, release, role }),
      '1x40',
    ]),
  );
const driven = (of: Labels = {}) => roles({ '1.0.0': 'stable', '2.0.0': 'canary' }, of);

const elsewhere = (stable: number, canary: number) =>
  Object.assign(
    {},
    ...others.flatMap((of) => [releases(stable, canary, of), driven(of)]),
  ) as Labels;

const fires = (percent: string, namespace = 'canary') => [
  {
    labels: { kubernetes_namespace: namespace, appname: 'myapp', release: '2.0.0' },
    summary: 'Canary 2.0.0 of myapp fails requests',
    description: `${percent} of the requests to 2.0.0 failed over 5 minutes: more than twice the share of the stable release and 5 points. Nobody has taken it back.`,
  },
];

testAlert(canaryFailing, [
  {
    what: 'fires for a canary that fails 6 % where nothing else fails',
    series: { ...releases(0, 6), ...driven(), ...elsewhere(0, 0) },
    at: '3m',
    gives: fires('6%'),
  },
  {
    what: 'fires for a canary that fails 20 % where the stable release fails 7 %',
    series: { ...releases(7, 20), ...driven(), ...elsewhere(40, 40) },
    at: '3m',
    gives: fires('20%'),
  },
  {
    what: 'goes by the releases of its own app, whatever those of others are',
    series: {
      ...releases(0, 0),
      ...driven(),
      ...failing({ '0.9.0': 0, '1.0.0': 50, '2.0.0': 20, '3.0.0': 90 }, others[0]),
      ...roles({ '0.9.0': 'stable', '2.0.0': 'canary' }, others[0]),
      ...failing({ '0.9.0': 0, '2.0.0': 90, '3.0.0': 0 }, { kubernetes_namespace: 'third' }),
      ...roles({ '0.9.0': 'stable', '3.0.0': 'canary' }, { kubernetes_namespace: 'third' }),
    },
    at: '3m',
    gives: fires('20%', 'elsewhere'),
  },
  {
    what: 'goes by the worst of two releases that are said to be stable',
    series: {
      ...failing({ '0.9.0': 10, '1.0.0': 10, '2.0.0': 30 }),
      ...roles({ '0.9.0': 'stable', '1.0.0': 'stable', '2.0.0': 'canary' }),
    },
    at: '3m',
    gives: fires('30%'),
  },
  {
    what: 'does not fire for failures of more than 5 minutes ago',
    series: {
      ...driven(),
      [seriesOf('http_requests_total', { release: '1.0.0', status: '200' })]: '0+100x60',
      [seriesOf('http_requests_total', { release: '2.0.0', status: '200' })]: '0+100x60',
      [seriesOf('http_requests_total', { release: '2.0.0', status: '500' })]: '0+100x10 1000x50',
    },
    at: '16m',
    gives: [],
  },
  {
    what: 'waits a minute before it fires',
    series: { ...releases(0, 50), ...driven() },
    at: '1m',
    gives: [],
  },
  {
    what: 'does not fire for 5 % alone',
    series: { ...releases(0, 5), ...driven() },
    at: '10m',
    gives: [],
  },
  {
    what: 'does not fire for what the stable release does, too',
    series: { ...releases(30, 40), ...driven() },
    at: '10m',
    gives: [],
  },
  {
    what: 'does not fire for the stable release',
    series: { ...releases(30, 0), ...driven() },
    at: '10m',
    gives: [],
  },
  {
    what: 'does not fire where no release is under way',
    series: releases(0, 50),
    at: '10m',
    gives: [],
  },
]);
