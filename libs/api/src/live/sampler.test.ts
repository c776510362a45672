import type { Look, PodSample } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import { Sampler } from './sampler.ts';

interface Counts {
  readonly ok: number;
  readonly failed?: number;
  readonly startedAt?: number;
  /** Requests up to 0.1 s, up to 0.5 s, and all. */
  readonly buckets?: readonly [number, number, number];
}

function sample(pod: string, release: string, counts: Counts): PodSample {
  const { ok, failed = 0, startedAt = 0, buckets = [0, 0, 0] } = counts;
  const bucket = (le: string, value: number) => ({
    name: 'http_request_duration_seconds_bucket',
    labels: { le },
    value,
  });
  return {
    ...{ pod, release, at: 0, startedAt },
    series: [
      { name: 'http_requests_total', labels: { status: '200' }, value: ok },
      { name: 'http_requests_total', labels: { status: '500' }, value: failed },
      ...[bucket('0.1', buckets[0]), bucket('0.5', buckets[1]), bucket('+Inf', buckets[2])],
    ],
  };
}

const look = (at: number, ...samples: PodSample[]): Look => ({ at, samples, targets: [] });

describe('a sample', () => {
  it('is what was counted since the look before, by release', () => {
    const sampler = new Sampler();
    expect(sampler.take(look(1000, sample('a', '1', { ok: 100 })))).toBeUndefined();
    const next = sampler.take(
      look(
        2000,
        sample('a', '1', { ok: 180, failed: 2 }),
        sample('b', '2', { ok: 5, startedAt: 1500 }),
      ),
    );
    expect(next).toMatchObject({
      at: 2000,
      seconds: 1,
      releases: { '1': { requests: 82, failed: 2 }, '2': { requests: 5, failed: 0 } },
    });
  });

  it("counts by the judge's series, and begins anew where they change", () => {
    const pod = (value: number): PodSample => ({
      ...{ pod: 'a', release: '1', at: 0, startedAt: 0 },
      series: [
        { name: 'shop_requests_total', labels: { code: '500' }, value },
        { name: 'http_requests_total', labels: { status: '200' }, value: 1000 },
      ],
    });
    const series = { requests: 'shop_requests_total', statusLabel: 'code' };
    const sampler = new Sampler();
    sampler.take(look(1000, pod(5)));
    expect(sampler.take(look(2000, pod(6)), series)).toBeUndefined();
    const { releases } = sampler.take(look(3000, pod(8)), series) ?? {};
    expect(releases).toMatchObject({ '1': { requests: 2, failed: 2 } });
  });

  it('counts from zero where a process started anew', () => {
    const sampler = new Sampler();
    sampler.take(look(1000, sample('a', '1', { ok: 100 })));
    const next = sampler.take(look(2000, sample('a', '1', { ok: 7, startedAt: 1500 })));
    expect(next?.releases['1']?.requests).toBe(7);
  });

  it('counts nothing of a pod that ran before and was not seen', () => {
    const sampler = new Sampler();
    sampler.take(look(1000, sample('a', '1', { ok: 100 })));
    const next = sampler.take(look(2000, sample('b', '1', { ok: 5000, startedAt: 10 })));
    expect(next?.releases['1']?.requests).toBe(0);
  });

  it('has the response times of the last ten looks, and none without requests', () => {
    const sampler = new Sampler();
    sampler.take(look(0, sample('a', '1', { ok: 0 })));
    const quiet = sampler.take(look(1000, sample('a', '1', { ok: 0 })));
    expect(quiet?.releases['1']).toMatchObject({ p50: null, p95: null });
    const counts = { ok: 100, buckets: [90, 100, 100] as const };
    const busy = sampler.take(look(2000, sample('a', '1', counts)));
    expect(busy?.releases['1']?.p50).toBeCloseTo(0.1 * (50 / 90), 9);
    expect(busy?.releases['1']?.p95).toBeCloseTo(0.1 + 0.4 * 0.5, 9);
    let later = busy;
    for (let at = 3000; at <= 11_000; at += 1000) {
      later = sampler.take(look(at, sample('a', '1', counts)));
    }
    expect(later?.releases['1']?.p50).not.toBeNull();
    expect(sampler.take(look(12_000, sample('a', '1', counts)))?.releases['1']?.p50).toBeNull();
  });
});
