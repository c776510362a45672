import { others, seriesOf } from '../testing/series.ts';
import { testRecording, type Records } from '../testing/test-rule.ts';
import { recordingRules } from './recording.ts';

const rule = (record: string, quantile?: string) =>
  recordingRules.find((one) => one.record === record && one.labels?.['quantile'] === quantile)!;

const of = (labels: Readonly<Record<string, string>>) => seriesOf('', labels);
const pod = (name: string, release: string) => ({ kubernetes_pod_name: name, release });
const requests = (labels: object) => seriesOf('http_requests_total', { ...labels });
const nothing = { ...others[0], release: '2.0.0' };
const shop = { ...others[1], release: '2.0.0' };

/** 10 requests a second to two pods of 1.0.0, 5 to one of 2.0.0, and others that are no release. */
const traffic = {
  [requests({ ...pod('a', '1.0.0'), status: '200' })]: '0+150x40',
  [requests({ ...pod('b', '1.0.0'), status: '200' })]: '0+150x40',
  [requests({ ...pod('c', '2.0.0'), status: '200' })]: '0+120x40',
  [requests({ ...pod('c', '2.0.0'), status: '500' })]: '0+30x40',
  [requests({ kubernetes_pod_name: 'd', status: '500' })]: '0+300x40',
  [requests({ ...nothing, status: '200' })]: '0x40',
  // Rarely asked is not never asked.
  [requests({ ...shop, status: '200' })]: '0+3.75x40',
};

testRecording(rule('release:http_requests:rate5m'), [
  {
    what: 'is requests per second by release, over 5 minutes',
    series: traffic,
    at: '10m',
    gives: [
      { labels: of({ release: '1.0.0' }), value: 10 },
      { labels: of({ release: '2.0.0' }), value: 5 },
      { labels: of(nothing), value: 0 },
      { labels: of(shop), value: 0.125 },
    ],
  },
  {
    what: 'forgets what is older',
    series: { [requests({ release: '1.0.0' })]: '0+300x10 3000x30' },
    at: '15m',
    gives: [{ labels: of({ release: '1.0.0' }), value: 0 }],
  },
]);

testRecording(rule('release:http_requests:share5m'), [
  {
    what: "is each release's share of its app's requests; of no requests there is none",
    series: { ...traffic, [requests({ ...pod('c', '2.0.0'), status: '500' })]: '0+780x40' },
    at: '10m',
    gives: [
      { labels: of({ release: '1.0.0' }), value: 0.25 },
      { labels: of({ release: '2.0.0' }), value: 0.75 },
      { labels: of(shop), value: 1 },
    ],
  },
]);

testRecording(rule('release:http_requests_failed:ratio5m'), [
  {
    what: 'is the share of answers 5xx, 0 where there never was one, none without requests',
    series: traffic,
    at: '10m',
    gives: [
      { labels: of({ release: '1.0.0' }), value: 0 },
      { labels: of({ release: '2.0.0' }), value: 0.2 },
      { labels: of(shop), value: 0 },
    ],
  },
  {
    what: 'adds up pods and statuses, and forgets what is older than 5 minutes',
    series: {
      [requests({ ...pod('a', '1.0.0'), status: '500' })]: '0+30x40',
      [requests({ ...pod('b', '1.0.0'), status: '503' })]: '0+30x40',
      [requests({ ...pod('b', '1.0.0'), status: '200' })]: '0+240x40',
      [requests({ ...pod('c', '2.0.0'), status: '500' })]: '0+30x10 300x30',
      [requests({ ...pod('c', '2.0.0'), status: '200' })]: '0+30x40',
    },
    at: '15m',
    gives: [
      { labels: of({ release: '1.0.0' }), value: 0.2 },
      { labels: of({ release: '2.0.0' }), value: 0 },
    ],
  },
]);

/** Pod a is fast, pod b of the same release slow; 2.0.0 was slow, and is fast since. */
const bucket = (labels: object) => seriesOf('http_request_duration_seconds_bucket', { ...labels });
const durations = {
  [bucket({ ...pod('a', '1.0.0'), le: '1' })]: '0+100x40',
  [bucket({ ...pod('a', '1.0.0'), le: '2' })]: '0+100x40',
  [bucket({ ...pod('a', '1.0.0'), le: '+Inf' })]: '0+100x40',
  [bucket({ ...pod('b', '1.0.0'), le: '1' })]: '0x40',
  [bucket({ ...pod('b', '1.0.0'), le: '2' })]: '0+100x40',
  [bucket({ ...pod('b', '1.0.0'), le: '+Inf' })]: '0+100x40',
  [bucket({ ...pod('c', '2.0.0'), le: '1' })]: '0x10 100+100x29',
  [bucket({ ...pod('c', '2.0.0'), le: '2' })]: '0+100x40',
  [bucket({ ...pod('c', '2.0.0'), le: '+Inf' })]: '0+100x40',
  [bucket({ kubernetes_pod_name: 'd', le: '1' })]: '0+100x40',
  [bucket({ kubernetes_pod_name: 'd', le: '+Inf' })]: '0+100x40',
  [bucket({ ...shop, le: '1' })]: '0+100x40',
  [bucket({ ...shop, le: '+Inf' })]: '0+100x40',
};

for (const [quantile, both, fast] of [
  ['0.5', 1, 0.5],
  ['0.9', 1.8, 0.9],
  ['0.99', 1.98, 0.99],
] as const) {
  const given = (labels: Readonly<Record<string, string>>, value: number): Records => ({
    labels: of({ ...labels, quantile }),
    value,
  });
  testRecording(rule('release:http_request_duration_seconds:quantile5m', quantile), [
    {
      what: 'is taken over all pods of a release, over 5 minutes',
      series: durations,
      at: '15m',
      gives: [
        given({ release: '1.0.0' }, both),
        given({ release: '2.0.0' }, fast),
        given(shop, fast),
      ],
    },
  ]);
}

const started = (labels: object) => seriesOf('process_start_time_seconds', { ...labels });

testRecording(rule('release:process_restarts:changes1h'), [
  {
    what: 'counts processes that began anew within an hour, by release',
    series: {
      [started(pod('a', '1.0.0'))]: '100x10 200x10 300x70',
      [started(pod('b', '1.0.0'))]: '100x10 200x80',
      [started(pod('c', '2.0.0'))]: '100x90',
      [started({ kubernetes_pod_name: 'd' })]: '100x10 200x80',
      [started(shop)]: '100x90',
    },
    at: '40m',
    gives: [
      { labels: of({ release: '1.0.0' }), value: 3 },
      { labels: of({ release: '2.0.0' }), value: 0 },
      { labels: of(shop), value: 0 },
    ],
  },
]);

const up = (name: string, labels: object) =>
  seriesOf('up', { kubernetes_pod_name: name, ...labels });
const targets = {
  [up('a', { release: '1.0.0' })]: '1x10',
  [up('b', { release: '1.0.0' })]: '1x10',
  [up('c', { release: '2.0.0' })]: '1x10',
  [up('d', { release: '2.0.0' })]: '0x10',
  [up('e', {})]: '1x10',
  [up('f', shop)]: '1x10',
};

testRecording(rule('release:targets:count'), [
  {
    what: 'counts the pods that ask to be scraped',
    series: targets,
    at: '2m',
    gives: [
      { labels: of({ release: '1.0.0' }), value: 2 },
      { labels: of({ release: '2.0.0' }), value: 2 },
      { labels: of(shop), value: 1 },
    ],
  },
]);

testRecording(rule('release:targets:up'), [
  {
    what: 'counts those that can be',
    series: targets,
    at: '2m',
    gives: [
      { labels: of({ release: '1.0.0' }), value: 2 },
      { labels: of({ release: '2.0.0' }), value: 1 },
      { labels: of(shop), value: 1 },
    ],
  },
]);

const alpha = (labels: object) => seriesOf('canary_rollout_alpha', { ...labels });

testRecording(rule('app:canary_rollout_alpha:sum1d'), [
  {
    what: 'adds up the releases of a day, each once, however many drove it',
    series: {
      [alpha({ rollout: 'one', kubernetes_pod_name: 'a' })]: '0.25x10 stale',
      [alpha({ rollout: 'one', kubernetes_pod_name: 'b' })]: '0.25x10 stale',
      [alpha({ rollout: 'two' })]: '0.5x10 stale',
      [alpha({ ...others[0], rollout: 'one' })]: '0.125x10 stale',
      [alpha({ ...others[1], rollout: 'one' })]: '0.125x10 stale',
    },
    at: '2h',
    gives: [
      { labels: of({}), value: 0.75 },
      { labels: of(others[0]), value: 0.125 },
      { labels: of(others[1]), value: 0.125 },
    ],
  },
]);
