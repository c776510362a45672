import type { TrafficReport } from '@canary/traffic';
import { describe, expect, it } from 'vitest';
import { splitSince } from './split.ts';

const versions = { stable: '1.0', canary: 'v2.0.0' };

/** Counts by version: all requests, and those of them that failed. */
function report(counts: Readonly<Record<string, readonly [number, number]>>): TrafficReport {
  const latencyMs = { p50: 1, p95: 1, p99: 1, max: 1 };
  return {
    at: 0,
    elapsedSeconds: 0,
    sent: 0,
    answered: 0,
    inFlight: 0,
    failed: 0,
    networkErrors: {},
    skipped: 0,
    versions: Object.fromEntries(
      Object.entries(counts).map(([version, [requests, failed]]) => [
        version,
        {
          requests,
          statuses: { 200: requests - failed, 500: failed },
          failures: undefined,
          latencyMs,
        },
      ]),
    ),
  };
}

describe('splitSince', () => {
  const before = report({ '1.0': [1000, 0] });

  it('is undefined before the first request', () => {
    expect(splitSince({ before, now: before, versions, replicaShare: 0.2 })).toBeUndefined();
  });

  it('counts only what came since the canary was ready', () => {
    const now = report({ '1.0': [1080, 0], 'v2.0.0': [20, 0] });
    const split = splitSince({ before, now, versions, replicaShare: 0.2 });
    expect(split).toMatchObject({ requests: 100, canary: 20, observed: { share: 0.2 } });
  });
});
