import type { Series } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import { wantedSeries } from './wanted-series.ts';

const pod = { pod: 'a', release: '1.0.0', at: 5000 };
const series = (name: string, labels: Series['labels'] = {}, value = 1): Series => ({
  name,
  labels,
  value,
});
const kept = (metric: string, ...exposed: Series[]) =>
  wantedSeries([metric]).sample(pod, exposed).series;

describe('wantedSeries', () => {
  it.each(['', 'a b', 'a"', '1a', 'a|b', 'rate(a[5m])'])('refuses the name %j', (name) => {
    expect(() => wantedSeries(['a', name])).toThrow(
      `${JSON.stringify(name)} is no metric name; name a metric such as http_requests_total`,
    );
  });

  it('refuses to look at nothing', () => {
    expect(() => wantedSeries([])).toThrow('no metric to observe is named');
  });

  it('leaves out what is not wanted, names that only start alike too', () => {
    expect(kept('a', series('b'), series('a_total'), series('ab'), series('a_created'))).toEqual(
      [],
    );
  });

  it('leaves out the quantiles of a summary, which are not cumulative', () => {
    const summary = [series('s_sum'), series('s_count')];
    expect(kept('s', series('s', { quantile: '0.9' }), ...summary)).toEqual(summary);
  });

  it('takes the buckets, sum and count of a histogram for its family', () => {
    const family = [series('h_bucket', { le: '+Inf' }), series('h_sum'), series('h_count')];
    expect(kept('h', ...family)).toEqual(family);
  });

  it.each([
    ['1.0', '1'],
    ['1', '1'],
    ['1e+06', '1000000'],
    ['0.10', '0.1'],
    ['1e-07', '1e-7'],
    ['+Inf', '+Inf'],
    ['inf', '+Inf'],
    ['broken', 'broken'],
  ])('writes the bound %s as %s', (given, normalised) => {
    expect(kept('h', series('h_bucket', { le: given }))[0]?.labels).toEqual({ le: normalised });
  });

  it('leaves a label called le alone where it is no bound', () => {
    expect(kept('a', series('a', { le: '1.0' }))[0]?.labels).toEqual({ le: '1.0' });
  });

  it('takes a label without a value for none', () => {
    expect(kept('a', series('a', { x: '', y: '1' }))[0]?.labels).toEqual({ y: '1' });
  });

  it('counts the first of two series with the same labels', () => {
    const first = series('a', { x: '1', y: '2' }, 10);
    expect(kept('a', first, series('a', { y: '2', x: '1' }, 20))).toEqual([first]);
  });

  it('gives the start of the process in milliseconds, and not among the series', () => {
    const [first, again] = [1.5, 2.5].map((s) => series('process_start_time_seconds', {}, s));
    const sample = wantedSeries(['a']).sample(pod, [first!, again!]);
    expect(sample).toEqual({ ...pod, startedAt: 1500, series: [] });
  });

  it('knows no start of the process where none is exposed, or none that is a number', () => {
    expect(wantedSeries(['a']).sample(pod, []).startedAt).toBeUndefined();
    const broken = series('process_start_time_seconds', {}, NaN);
    expect(wantedSeries(['a']).sample(pod, [broken]).startedAt).toBeUndefined();
  });
});

it('gives every series where all are wanted, but for quantiles', () => {
  const all = wantedSeries('all');
  const exposed = [
    { name: 'a', labels: {}, value: 1 },
    { name: 'b', labels: { quantile: '0.5' }, value: 2 },
  ];
  const sample = all.sample({ pod: 'p', release: '1', at: 1 }, exposed);
  expect(sample.series.map(({ name }) => name)).toEqual(['a']);
  expect(all.matchers).toBe('__name__!="",quantile=""');
});
