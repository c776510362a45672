import { describe, expect, it } from 'vitest';
import type { Exposing } from '../testing/exposing.ts';
import { lookOf } from '../testing/exposing.ts';
import { TurnedClock } from '../testing/turned-clock.ts';
import { stableTraffic } from './stable-traffic.ts';
import { watchTraffic } from './watch-traffic.ts';

const requests = (ok: number, failed = 0, probes = 0): Exposing => ({
  'http_requests_total{status="200",route="/"}': ok,
  'http_requests_total{status="500",route="/"}': failed,
  'http_requests_total{status="200",route="/healthy"}': probes,
});
const probed = { '1a': { ownPaths: ['/healthy'] } };
const options = { series: {} };

describe('the traffic of the stable release', () => {
  it('is not known from samples that are the same', () => {
    const look = lookOf(1000, { '1a': requests(10) });
    expect(stableTraffic(look, { ...look, at: 4000 }, '1', options)).toBeUndefined();
    expect(stableTraffic(look, lookOf(4000, {}), '1', options)).toBeUndefined();
  });

  it('is what its pods have answered, with the failures of their lives, and without probes', () => {
    const first = lookOf(
      1000,
      { '1a': requests(960, 10, 5), '1b': requests(960, 10), '2a': requests(0) },
      probed,
    );
    const next = lookOf(
      3000,
      { '1a': requests(990, 10, 900), '1b': requests(980, 20), '2a': requests(500) },
      probed,
    );
    expect(stableTraffic(first, next, '1', options)).toEqual({ requests: 30, errors: 30 / 2000 });
  });

  it('goes on from zero where a process is another, and is none where nothing comes', () => {
    const first = lookOf(1000, { '1a': requests(500) });
    const next = lookOf(3000, { '1a': requests(8) }, { '1a': { startedAt: 2000 + 1e4 } });
    expect(stableTraffic(first, next, '1', options)?.requests).toBe(4);
    const idle = lookOf(3000, { '1a': requests(0) });
    expect(stableTraffic(lookOf(1000, { '1a': requests(0) }), idle, '1', options)).toEqual({
      requests: 0,
      errors: 0,
    });
  });
});

describe('watching it', () => {
  it('looks until samples are new, some seconds apart, and not for ever', async () => {
    const looked: number[] = [];
    const watched = async (everyMs: number) => {
      looked.length = 0;
      const clock = new TurnedClock(0);
      const observer = {
        look: () => {
          looked.push(clock.now());
          const at = Math.floor(clock.now() / everyMs) * everyMs;
          return Promise.resolve(lookOf(at + 1, { '1a': requests(at / 100) }));
        },
      };
      const { signal } = new AbortController();
      const watching = watchTraffic({ observer, clock }, '1', options, signal);
      return clock.until(watching, 60_000);
    };
    expect(await watched(1000)).toMatchObject({ requests: 10 });
    expect(looked).toEqual([0, 3000]);
    expect(await watched(10_000)).toMatchObject({ requests: 10 });
    expect(looked.at(-1)).toBe(12_000);
    expect(await watched(1e9)).toBeUndefined();
    expect(looked).toHaveLength(8);
  });
});
