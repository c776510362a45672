import { runPromtool } from '@canary/testing';
import type { RolloutRecord } from '@canary/rollout';
import { expect, it } from 'vitest';
import { NOW, startedRecord, workload } from '../testing/objects.ts';
import { rolloutMetrics } from './rollout-metrics.ts';

const workloads = () => Promise.resolve([workload('1.0.0', 4), workload('2.0.0', 1)]);

/** A record at the gate of its first stage, after a look. */
function observing(number: number, change: Partial<RolloutRecord['observation']> = {}) {
  const record = startedRecord({
    stage: 0,
    atGate: true,
    stageStartedAt: [NOW],
    phaseStartedAt: NOW + 2000,
  });
  return {
    ...record,
    judging: { metrics: ['errors'], judge: { alpha: 0.02 } },
    observation: {
      ...record.observation,
      number,
      at: NOW + 2000 + 1000 * number,
      opinion: { verdict: 'undecided', reason: '', evidence: {}, requests: {} },
      requests: { '1.0.0': 80, '2.0.0': 20 },
      ...change,
    },
  } satisfies RolloutRecord;
}

const lines = async (metrics: ReturnType<typeof rolloutMetrics>, name: string) =>
  (await metrics.text()).split('\n').filter((line) => line.startsWith(`canary_rollout_${name}{`));

it('have nothing to say before a record, but what they count', async () => {
  const metrics = rolloutMetrics('myapp', workloads);
  expect(await lines(metrics, 'stage')).toEqual([]);
  expect(await lines(metrics, 'look_errors_total')).toEqual([
    'canary_rollout_look_errors_total{appname="myapp"} 0',
  ]);
});

it('are what the record says, and what promtool has nothing to mend of', async (test) => {
  const metrics = rolloutMetrics('myapp', workloads);
  metrics.take(observing(1));
  const text = await metrics.text();
  await expect(text).toMatchFileSnapshot('golden/observing.prom');
  expect(await runPromtool(test, ['check', 'metrics'], text)).toEqual({ exitCode: 0, said: '' });
});

it('count the looks of this driver, by what they led to, and those that failed', async () => {
  const metrics = rolloutMetrics('myapp', workloads);
  metrics.take(observing(7));
  metrics.take(observing(8));
  // Saved again, for another reason than a look.
  metrics.take({ ...observing(8), reason: 'other' });
  metrics.take(observing(9, { at: NOW + 10_000, failure: { at: NOW + 11_000, error: 'gone' } }));
  expect(await lines(metrics, 'verdicts_total')).toContain(
    'canary_rollout_verdicts_total{appname="myapp",verdict="undecided"} 1',
  );
  expect(await lines(metrics, 'look_errors_total')).toEqual([
    'canary_rollout_look_errors_total{appname="myapp"} 1',
  ]);
  expect(await lines(metrics, 'looks_total')).toEqual([
    'canary_rollout_looks_total{appname="myapp"} 9',
  ]);
});

it('say how it ended, and nothing any more of what should be', async () => {
  const metrics = rolloutMetrics('myapp', workloads);
  metrics.take({ ...observing(9), outcome: 'rolled back' });
  const outcomes = await lines(metrics, 'outcome');
  expect(outcomes.filter((line) => line.endsWith(' 1'))).toEqual([
    expect.stringContaining('outcome="rolled back"') as string,
  ]);
  expect(await lines(metrics, 'due_timestamp_seconds')).toEqual([]);
  expect(await lines(metrics, 'target_share')).toEqual([]);
});

it('leave the share of the replicas out while nobody knows it', async () => {
  const metrics = rolloutMetrics('myapp', () => Promise.reject(new Error('no cluster')));
  metrics.take(observing(1));
  expect(await lines(metrics, 'replica_share')).toEqual([]);
  expect(await lines(metrics, 'stage')).toHaveLength(1);
});
