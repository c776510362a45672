import { describe, expect, it } from 'vitest';
import type { Exposing } from '../testing/exposing.ts';
import { canary, histogram, judged, stable, verdicts } from '../testing/judged-looks.ts';

it('promotes a canary that exposes what the stable release does', async () => {
  expect(await verdicts(canary)).toContain('promote');
});

it('takes two routes that are asked for about alike for no counting twice', async () => {
  const routes = (second: number) => ({
    'http_requests_total{status="200",route="/x"}': 125 * second + (second % 3) * 2,
    'http_requests_total{status="200",route="/y"}': 125 * second - (second % 3) * 2,
    ...histogram(250 * second),
  });
  expect(await verdicts(routes)).toContain('promote');
});

describe('is never promoted, and says why', () => {
  const cases: [string, (second: number) => Exposing, string][] = [
    [
      'a canary whose label is another',
      (second) => ({ 'http_requests_total{code="500",method="get"}': 250 * second }),
      '2a: http_requests_total has no label status (there: code, method)',
    ],
    [
      'a canary part of whose requests have no status',
      (second) => ({ ...canary(second), 'http_requests_total{code="500"}': second }),
      '2a: http_requests_total has no label status (there: code)',
    ],
    [
      'a canary whose metric is another',
      (second) => ({ 'requests_total{status="500"}': 250 * second }),
      'no pod of 2 exposes http_requests_total',
    ],
    [
      'a status that nobody understands',
      (second) => ({ ...canary(second), 'http_requests_total{status="weird"}': 1 + second }),
      '2a: nobody knows what http_requests_total{status="weird"} means: name failures by --error-status',
    ],
    [
      'a value that no counter has',
      (second) => ({ ...canary(second), 'http_requests_total{status="500"}': NaN }),
      '2a: http_requests_total{status="500"} is NaN, and was left out',
    ],
    [
      'a canary without the histogram that the stable release has',
      (second) => ({ 'http_requests_total{status="200"}': 250 * second }),
      'latency cannot be judged: 2 does not expose http_request_duration_seconds_bucket',
    ],
    [
      'a canary with other buckets',
      (second) => ({
        'http_requests_total{status="200"}': 250 * second,
        'http_request_duration_seconds_bucket{le="0.3"}': 0,
        'http_request_duration_seconds_bucket{le="+Inf"}': 250 * second,
      }),
      'http_request_duration_seconds of 2 has no bucket in common with 1',
    ],
    [
      'a canary without the bucket of all',
      (second) => ({
        'http_requests_total{status="200"}': 250 * second,
        'http_request_duration_seconds_bucket{le="0.1"}': 0,
      }),
      'http_request_duration_seconds of 2 has no bucket +Inf',
    ],
    [
      'a canary with a summary',
      (second) => ({
        'http_requests_total{status="200"}': 250 * second,
        http_request_duration_seconds_count: 250 * second,
      }),
      'http_request_duration_seconds of 2 has no buckets, it is a summary',
    ],
    [
      'requests that are counted before and after',
      (second) => ({
        'http_requests_total{status="200",quantity="before"}': 250 * second,
        'http_requests_total{status="200",quantity="after"}': 250 * second,
        ...histogram(250 * second),
      }),
      `http_requests_total counts each request twice, with quantity="before" and without it: leave one out by --where 'quantity="before"'`,
    ],
    [
      'requests that are counted by route and in all',
      (second) => ({
        'http_requests_total{status="200"}': 250 * second,
        'http_requests_total{status="200",route="/x"}': 100 * second,
        'http_requests_total{status="200",route="/y"}': 150 * second,
        ...histogram(250 * second),
      }),
      `http_requests_total counts each request twice, with route="" and without it: leave one out by --where 'route!=""'`,
    ],
  ];
  it.each(cases)('%s', async (_, canaryAt, why) => {
    const { opinions, last } = await judged(canaryAt);
    expect(opinions.map(({ verdict }) => verdict)).not.toContain('promote');
    expect(last.reason).toContain(why);
  });

  it('several processes behind one port, which are no restarts and no millions of requests', async () => {
    const workers = [800_000, 300_000, 500_000];
    const { opinions, last } = await judged((second) => {
      const worker = (second * 7 + (second % 5)) % 3;
      workers[worker]! += 250;
      return { 'http_requests_total{status="200"}': workers[worker]!, ...histogram(1) };
    });
    expect(last.reason).toContain('2a: answers from several processes, its counts jump');
    expect(opinions.map(({ verdict }) => verdict)).not.toContain('roll back');
  });

  it('what the sample says could not be read', async () => {
    const { last } = await judged(canary, { pod: { faults: ['line 7 is cut off'] } });
    expect(last.reason).toContain('not to be promoted: 2a: line 7 is cut off');
  });

  it('a latency that was asked for by name, and goes away on the stable release', async () => {
    const gone = (second: number) =>
      second < 2 ? stable(second) : { 'http_requests_total{status="200"}': 250 * second };
    const options = { isLatencyAsked: true };
    const { opinions } = await judged(canary, { stableAt: gone, options });
    expect(opinions.map(({ verdict }) => verdict)).not.toContain('promote');
  });
});

it('rolls back on other evidence, whatever keeps it from being promoted', async () => {
  const failing = (second: number) => ({
    'http_requests_total{status="500"}': 250 * second,
    'http_requests_total{status="weird"}': 1 + second,
  });
  expect(await verdicts(failing, { seconds: 5 })).toContain('roll back');
});

describe('understands', () => {
  it.each(['error', 'Internal Server Error', '5xx', '503'])('%s as failed', async (status) => {
    const failing = (second: number) => ({
      'http_requests_total{status="200"}': 10 * second,
      [`http_requests_total{status="${status}"}`]: 240 * second,
    });
    expect(await verdicts(failing, { seconds: 5 })).toContain('roll back');
  });
});
