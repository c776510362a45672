import { describe, expect, it } from 'vitest';
import { judgeOptions } from '../options.ts';
import { Judging, type Shown } from '../testing/judging.ts';
import { forecastFor, marginFor } from './forecast.ts';

const healthy = (seconds: number): Shown[] =>
  Array.from({ length: seconds + 1 }, (_, at) => [
    at,
    { c: { requests: 20 * at }, s: { requests: 80 * at } },
  ]);

describe('promoteInSeconds', () => {
  it('is what it then takes', () => {
    const judging = new Judging({ metrics: ['errors'], margin: 0.003 });
    const all = healthy(120).map((one) => judging.look(one));
    const promoted = all.findIndex(({ verdict }) => verdict === 'promote');
    const { promoteInSeconds } = all[20]!;
    expect(promoted).toBeGreaterThan(60);
    expect(20 + promoteInSeconds!).toBeGreaterThan(promoted - 8);
    expect(20 + promoteInSeconds!).toBeLessThan(promoted + 8);
  });

  it('is the rest of the soak where the evidence is there already', () => {
    const judging = new Judging({ metrics: ['errors'], margin: 0.1 });
    expect(judging.looks(...healthy(40)).promoteInSeconds).toBe(20);
  });

  it('is not known before anything was counted, nor where nothing speaks for the canary', () => {
    const judging = new Judging({ metrics: ['errors'] });
    expect(judging.look(healthy(1)[0]!).promoteInSeconds).toBeUndefined();
    const worse = Array.from({ length: 30 }, (_, at): Shown => [
      at,
      { c: { requests: 20 * at, failed: Math.floor(at / 2) }, s: { requests: 80 * at } },
    ]);
    expect(judging.looks(...worse.slice(1, 8)).promoteInSeconds).toBeUndefined();
  });
});

describe('marginFor', () => {
  const options = judgeOptions();

  it('is the strictest that a good canary passes in time', () => {
    const at = (requests: number, errors = 0) =>
      marginFor({ requests, errors, canaryShare: 0.2 }, 600, options)?.margin;
    expect([at(1000), at(50), at(10)]).toEqual([0.0005, 0.001, 0.005]);
    // Where requests fail anyway, 1.5 times as many are room enough.
    expect(at(50, 0.01)).toBe(0.0005);
  });

  it('is none where even one point would take longer', () => {
    expect(marginFor({ requests: 1, errors: 0, canaryShare: 0.2 }, 600, options)).toBeUndefined();
    expect(marginFor({ requests: 0, errors: 0, canaryShare: 0.2 }, 600, options)).toBeUndefined();
  });

  it('says how long it takes, and what is found how soon', () => {
    const forecast = forecastFor({ requests: 100, errors: 0, canaryShare: 0.2 }, options);
    // About 4.8 / margin requests.
    expect(forecast.promoteSeconds * 20).toBeGreaterThan(9_000);
    expect(forecast.promoteSeconds * 20).toBeLessThan(10_000);
    const seconds = forecast.finds.map((one) => one.seconds);
    expect(seconds).toEqual(seconds.toSorted((a, b) => b - a));
  });
});
