import type { Workload } from '@canary/rollout';
import type { TrafficReport } from '@canary/traffic';
import { shareInterval } from '@canary/judge';
import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { Screen, screenText } from './screen.ts';

const workload = (release: string, replicas: number, readyReplicas: number) =>
  ({ release, replicas, readyReplicas }) as Workload;

function report(at: number, v1: number, v2: number, networkErrors = {}): TrafficReport {
  const version = (requests: number) => ({
    requests,
    statuses: {},
    failures: undefined,
    latencyMs: { p50: 1, p95: 1, p99: 1, max: 1 },
  });
  const answered = v1 + v2;
  const versions = { '1.0': version(v1), 'v2.0.0': version(v2) };
  return {
    at,
    elapsedSeconds: at / 1000,
    sent: answered,
    answered,
    inFlight: 0,
    failed: 0,
    networkErrors,
    skipped: 0,
    versions,
  };
}

const now = (traffic: TrafficReport) => ({
  kind: 'now' as const,
  snapshot: {
    workloads: [workload('1.0.0', 4, 4), workload('2.0.0', 1, 1)],
    targets: [
      {
        pod: 'a',
        release: '1.0.0',
        url: 'http://a/metrics',
        health: 'up' as const,
        error: undefined,
      },
      {
        pod: 't',
        release: '1.11.1',
        url: 'http://t/metrics',
        health: 'down' as const,
        error: 'server returned HTTP status 404 Not Found',
      },
    ],
    traffic,
    split: { requests: 1000, canary: 210, replicaShare: 0.2, observed: shareInterval(210, 1000) },
  },
});

it('shows phases, replicas, the traffic of the last seconds, targets and losses', async () => {
  const screen = new Screen('this machine');
  screen.hear({ kind: 'phase', phase: 'v1', title: '4 replicas of 1.0.0 take the traffic' });
  screen.hear({ kind: 'said', text: '100 requests a second through the Service' });
  screen.hear({
    kind: 'phase',
    phase: 'canary',
    title: '1 of 2.0.0 joins behind the same Service',
  });
  screen.hear(now(report(0, 1000, 0)));
  screen.hear(now(report(1000, 1800, 200, { ECONNRESET: 2 })));
  const text = stripVTControlCharacters(screenText(screen, 65));
  await expect(text).toMatchFileSnapshot('golden/screen.txt');
});

it('forgets traffic that is longer ago than its bars show', () => {
  const screen = new Screen('this machine');
  for (const event of [report(0, 0, 0), report(10_000, 1000, 0), report(12_000, 1000, 100)])
    screen.hear(now(event));
  expect(stripVTControlCharacters(screenText(screen, 12))).toMatch(/2\.0\.0 .* 100\.0 %/);
});
