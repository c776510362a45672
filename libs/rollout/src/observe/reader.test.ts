import { judgeOptions } from '@canary/judge';
import { describe, expect, it } from 'vitest';
import { lookOf } from '../testing/exposing.ts';
import { seriesRules } from './judged-series.ts';
import { Reader } from './reader.ts';

const releases = { canary: '2', stable: '1' };
const wanted = { rules: seriesRules(), options: judgeOptions(), isLatencyAsked: false };
const ok = (value: number) => ({ 'http_requests_total{status="200"}': value });

describe('Reader', () => {
  it('hands on what the platform says of a pod, and the requests that it is answering', () => {
    const reader = new Reader(wanted);
    const look = lookOf(
      1000,
      { '1a': ok(5), '2a': { ...ok(1), http_requests_in_flight: 7 }, '3a': ok(9) },
      { '2a': { ready: false, restarts: 2 } },
    );
    const { counts } = reader.read(look, releases, []);
    expect(counts.pods).toMatchObject([
      { pod: '2a', ready: false, restarts: 2, inFlight: 7, values: [1, 0] },
      { pod: '1a', inFlight: undefined, values: [5, 0] },
    ]);
  });

  it('counts milliseconds as seconds where the name says so', () => {
    const rules = seriesRules({ durations: 'http_server_duration_milliseconds' });
    const look = lookOf(1000, {
      '1a': {
        'http_server_duration_milliseconds_bucket{le="250"}': 4,
        'http_server_duration_milliseconds_bucket{le="+Inf"}': 5,
      },
    });
    const { counts } = new Reader({ ...wanted, rules }).read(look, releases, []);
    expect(counts.counted).toEqual(['answered', 'failed', 0.25, Infinity]);
    expect(counts.bounds.stable).toEqual([0.25, Infinity]);
  });

  it('goes on without requests that turn out to be probes, and says what is lost', () => {
    const reader = new Reader(wanted);
    const pods = (probes: number) => ({
      '2a': { ...ok(100), 'http_requests_total{status="200",route="/healthy"}': probes },
    });
    const first = reader.read(lookOf(1000, pods(50)), releases, []);
    const more = { '2a': { ownPaths: ['/healthy'] } };
    const { counts, notes } = reader.read(
      lookOf(2000, pods(51), more),
      releases,
      first.counts.pods,
    );
    expect(counts.pods[0]?.values).toEqual([150, 0]);
    expect(notes[0]).toContain('2a: its counts since the sample before are not known');
    const next = reader.read(lookOf(3000, pods(52), more), releases, counts.pods);
    expect(next.counts.pods[0]?.values).toEqual([150, 0]);
  });
});
