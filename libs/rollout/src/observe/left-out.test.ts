import { describe, expect, it } from 'vitest';
import type { Exposing } from '../testing/exposing.ts';
import { judged, stable, verdicts } from '../testing/judged-looks.ts';

describe('says that latency is not judged, and promotes,', () => {
  const onlyInf = (all: number) => ({ 'http_request_duration_seconds_bucket{le="+Inf"}': all });
  const requests = (second: number) => ({ 'http_requests_total{status="200"}': 250 * second });
  it.each<[string, (second: number) => Exposing, string]>([
    [
      'where there is no histogram',
      requests,
      '1 does not expose http_request_duration_seconds_bucket',
    ],
    [
      'where it has only +Inf',
      (second) => ({ ...requests(second), ...onlyInf(250 * second) }),
      'its histogram http_request_duration_seconds of 1 has only +Inf',
    ],
    [
      'where all is above the highest bucket',
      (second) => ({
        ...requests(second),
        ...onlyInf(100 + 250 * second),
        'http_request_duration_seconds_bucket{le="0.1"}': 0,
      }),
      'all requests to 1 are above the highest bucket of http_request_duration_seconds, 0.1 s',
    ],
  ])('%s', async (_, both, why) => {
    const { opinions } = await judged(both, { stableAt: both });
    expect(opinions.map(({ verdict }) => verdict)).toContain('promote');
    expect(opinions[0]?.judgement).toMatchObject({ notJudged: [{ metric: 'latency', why }] });
  });

  it('where the unit is not known, until it is told', async () => {
    const both = (second: number) => ({
      ...requests(second),
      'http_server_duration_bucket{le="100"}': 250 * second,
      'http_server_duration_bucket{le="+Inf"}': 250 * second,
    });
    const series = { durations: 'http_server_duration' };
    const untold = await judged(both, { stableAt: both, options: { series } });
    expect(untold.last.judgement).toMatchObject({
      notJudged: [
        {
          metric: 'latency',
          why: 'nobody knows the unit of http_server_duration: say --latency-unit s or ms',
        },
      ],
    });
    const options = {
      series: { ...series, durationUnit: 'ms' as const },
      judge: { latencyObjectiveSeconds: 0.1 },
    };
    expect(await verdicts(both, { stableAt: both, options })).toContain('promote');
  });
});

describe('no traffic', () => {
  const busy = (second: number) => ({
    ...stable(0),
    'http_requests_total{status="200",route="/x"}': 1000 * second,
  });
  const idle = (second: number): Exposing => ({
    'http_requests_total{status="200",route="/metrics"}': second,
    'http_requests_total{status="200",route="/healthy"}': second,
  });

  it('is what one scrapes and probes, by rule', async () => {
    const ownPaths = ['/metrics', '/healthy', '/'];
    const { opinions, last } = await judged(idle, { stableAt: busy, pod: { ownPaths } });
    expect(new Set(opinions.map(({ verdict }) => verdict))).toEqual(new Set(['no data']));
    expect(last.requests[2]).toBe(0);
    expect(last.notes).toEqual([
      'scrapes and probes are no traffic, and were left out: /healthy, /metrics',
    ]);
  });

  it('is what the labels asked for leave out', async () => {
    const options = { series: { where: ['route!="/metrics",route!="/healthy"'] } };
    const { last } = await judged(idle, { stableAt: busy, options });
    expect(last).toMatchObject({ verdict: 'no data', requests: { 1: 4000, 2: 0 } });
  });

  it('does not include requests to the root, which many a probe asks for', async () => {
    const root = (second: number) => ({
      'http_requests_total{status="200",route="/"}': 250 * second,
    });
    const { last } = await judged(root, { stableAt: busy, pod: { ownPaths: ['/'] } });
    expect(last.requests[2]).toBe(250);
  });
});
