import { expect, it } from 'vitest';
import { scopeOf } from '../model/scope.ts';
import { readManifests } from '../read/read-manifests.ts';
import type { LiveTarget } from '../rule.ts';
import { deployment, stream } from '../testing/objects.ts';
import { metricsLive } from './metrics-live.ts';

const annotations = '{prometheus.io/scrape: "true", prometheus.io/port: "80"}';

async function check(yaml: string, targets: readonly LiveTarget[]) {
  const asked: string[] = [];
  const problems = await metricsLive.check(scopeOf(readManifests('test.yaml', yaml)), {
    targetsOf: ({ name }) => {
      asked.push(name);
      return Promise.resolve(targets);
    },
  });
  return { asked, messages: problems.map(({ message }) => message) };
}

const up = { pod: 'web-1', url: 'http://10.0.0.1/metrics', error: undefined };
const down = {
  pod: 'web-2',
  url: 'http://10.0.0.2/metrics',
  error: 'server returned HTTP status 404',
};

it('finds pods that answer no metrics', async () => {
  const { messages } = await check(deployment({ annotations }), [up, down]);
  expect(messages).toEqual([
    '1 of 2 ready pods answer no metrics: http://10.0.0.2/metrics: server returned HTTP status 404',
  ]);
});

it('finds nothing where all answer, or none runs', async () => {
  expect((await check(deployment({ annotations }), [up])).messages).toEqual([]);
  expect((await check(deployment({ annotations }), [])).messages).toEqual([]);
});

it('asks only what asks to be scraped', async () => {
  const yaml = stream(deployment({ annotations }), deployment({ name: 'other' }));
  expect((await check(yaml, [])).asked).toEqual(['web']);
});
