import type { Look, RolloutRecord } from '@canary/rollout';
import { expect, it } from 'vitest';
import { pageSeries } from './page-series.ts';

const lookAt = (name: string): Look => ({
  at: 1,
  targets: [],
  samples: [
    {
      ...{ pod: 'a', release: '1', at: 1, startedAt: 1 },
      series: [{ name, labels: { code: '200' }, value: 3 }],
    },
  ],
});
const judged = (series: object) => ({ judging: { series } }) as unknown as RolloutRecord;

it('is that of this project where nothing is found, and looks again', () => {
  const seriesOf = pageSeries();
  expect(seriesOf({ at: 1, samples: [], targets: [] }, undefined)).toEqual({});
  expect(seriesOf(lookAt('jobs_total'), judged({}))).toEqual({});
  const found = { requests: 'shop_requests_total', statusLabel: 'code' };
  expect(seriesOf(lookAt('shop_requests_total'), undefined)).toEqual(found);
  expect(seriesOf(lookAt('jobs_total'), undefined)).toEqual(found);
});

it('is what the release is judged by', () => {
  const series = { requests: 'orders_total', statusLabel: 'how' };
  expect(pageSeries()(lookAt('shop_requests_total'), judged(series))).toEqual(series);
});
