import { expect, it } from 'vitest';
import { seriesOf, type Exposing } from '../testing/exposing.ts';
import { seriesRules, type JudgedSeries } from './judged-series.ts';
import { podTotals } from './pod-totals.ts';

const totals = (exposing: Exposing, series: JudgedSeries = {}, ownPaths: readonly string[] = []) =>
  podTotals({ series: seriesOf(exposing), ownPaths }, seriesRules(series));

it('counts nothing that it does not understand, and no value that is none', () => {
  const odd = { 'http_requests_total{status="blue"}': 5, http_requests_total: 5 };
  expect(totals(odd)).toEqual({ requests: 0, failed: 0, upTo: new Map() });
  expect(totals({ 'http_requests_total{status="200"}': NaN }).requests).toBe(0);
});

it('leaves scrapes and probes out, but for those of the root', () => {
  const exposing = {
    'http_requests_total{status="200",path="/"}': 3,
    'http_requests_total{status="500",path="/api"}': 2,
    'http_requests_total{status="200",path="/metrics"}': 90,
  };
  const counted = totals(exposing, {}, ['/metrics', '/']);
  expect(counted).toMatchObject({ requests: 5, failed: 2 });
});

it('counts by names where each status has a counter of its own', () => {
  const statusNames = { a_2xx: '2xx', a_5xx: '5xx' };
  const exposing = { a_2xx: 7, a_5xx: 2, a_Nxx: 9 };
  const series = { requests: 'a_Nxx', statusNames };
  expect(totals(exposing, series)).toMatchObject({ requests: 9, failed: 2 });
  expect(seriesRules(series).sources.errors).toBe('{__name__=~"a_5xx"}');
});

it('has response times in seconds, the shortest first', () => {
  const exposing = { 'd_bucket{le="+Inf"}': 4, 'd_bucket{le="250"}': 3 };
  const { upTo } = totals(exposing, { durations: 'd', durationUnit: 'ms' });
  expect([...upTo]).toEqual([
    [0.25, 3],
    [Infinity, 4],
  ]);
});
