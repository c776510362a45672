import { readFileSync } from 'node:fs';
import { podTotals, seriesRules } from '@canary/rollout';
import { expect, it, onTestFinished } from 'vitest';
import { directObserver } from '../direct-observer.ts';
import { podAt } from '../testing/pods.ts';
import { exposing, startServer } from '../testing/server.ts';
import { detectedSeries, detectMetrics } from './detect-metrics.ts';
import { exposedBy } from './exposed.ts';

const text = (file: string) =>
  readFileSync(new URL(`expositions/${file}`, import.meta.url), 'utf8');

it('what is found in all that a pod without annotations serves is what is judged of it', async () => {
  const server = await startServer(exposing(text('opentelemetry-node-http-0.57.txt')));
  onTestFinished(() => server.close());
  const { address } = server;
  const pods = [podAt(address, { annotations: {} })];
  const observer = (metrics: readonly string[] | 'all') =>
    directObserver({ listPods: () => Promise.resolve(pods), metrics, timeoutMs: 2000 });
  const all = await observer('all').look();
  const series = detectedSeries(detectMetrics(exposedBy(all.samples)));
  expect(series).toEqual({
    requests: 'http_server_duration_count',
    statusLabel: 'http_status_code',
    durations: 'http_server_duration',
    durationUnit: 'ms',
  });
  const named = await observer(['http_server_duration']).look();
  expect(named.samples[0]?.metadata).toBeUndefined();
  expect(podTotals(named.samples[0]!, seriesRules(series))).toMatchObject({
    requests: 36,
    failed: 5,
  });
});
