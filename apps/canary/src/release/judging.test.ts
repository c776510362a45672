import { describe, expect, it } from 'vitest';
import { judgingText } from './judging-text.ts';
import { judgingOf } from './judging.ts';

describe('judgingOf', () => {
  it.each([
    [{ where: ['route'] }, '--where "route": "route" is no label matcher'],
    [{ errorStatus: '(' }, '--error-status "(" is no regular expression'],
    [{ judge: 'errors,speed' }, '--judge: "speed" is no metric'],
  ])('refuses %j', (options, message) => {
    expect(() => judgingOf(options)).toThrow(message);
  });

  it('judges all that can be, and asks for nothing by name, where nothing is said', () => {
    expect(judgingOf({})).toMatchObject({
      metrics: ['errors', 'latency', 'restarts'],
      isLatencyAsked: false,
      series: {},
    });
  });

  it.each([
    [{ judge: 'errors,latency' }, true],
    [{ latencyMetric: 'a_seconds' }, true],
    [{ judge: 'errors', latencyMetric: 'a_seconds' }, false],
  ])('asks for latency by name with %j: %s', (options, isAsked) => {
    expect(judgingOf(options).isLatencyAsked).toBe(isAsked);
  });

  it('saves which series are counted, and where headers are, but no header', () => {
    const where = ['route!="/healthy"', 'method="GET"'];
    const options = { where, latencyUnit: 'ms', prometheusHeaderFile: '/run/headers' };
    expect(judgingOf({ ...options, inFlightMetric: 'busy' })).toMatchObject({
      series: { where, durationUnit: 'ms', inFlight: 'busy' },
      prometheusHeaderFile: '/run/headers',
    });
  });
});

it('says which series are counted', () => {
  const text = judgingText(judgingOf({ where: ['route!="/x"'] }), '1.0.0');
  expect(text).toContain('scraped from the pods, where route!="/x"');
  expect(text).toMatch(/One's own scrapes and probes are no traffic\.$/);
});

it('says all that it is held against, and what the promise rests on', () => {
  const options = { worseTimes: '2', worsePlus: '0.001', margin: '0.01', prometheus: 'none' };
  const objectives = { objectiveErrors: '0.02', objectiveLatency: '500ms', warmUp: '10s' };
  const judging = judgingOf({ ...options, ...objectives });
  expect(judging.judge).toMatchObject({
    worse: { errors: { times: 2, plus: 0.001 }, latency: { times: 1.25, plus: 0.01 } },
    objectiveErrors: 0.02,
    objectiveLatency: { seconds: 0.5, share: 0.01 },
    margin: 0.01,
  });
  expect(judgingText(judging, '1.0.0').replaceAll('. ', '.\n')).toMatchInlineSnapshot(`
    "Judged: errors, latency, restarts, scraped from the pods.
    Rolled back where it is worse than 1.0.0: for errors, above 2 times those of 1.0.0 + 0.1 points (wrongly in at most 1 % of releases, if requests are independent of each other and pods alike); promoted where its failures are below 1.5 times those of 1.0.0 + 1 point.
    A pod is new for 10 s: its response times do not count, its failures are borne with.
    One's own scrapes and probes are no traffic.
    Held, whatever the stable release does, where more than 2 % of its requests fail, or more than 1 % of them take longer than 0.5 s."
  `);
});

it('leaves the margin to the traffic where nothing, or auto, is said', () => {
  expect(judgingOf({ margin: 'auto' }).judge).not.toHaveProperty('margin');
  expect(judgingOf({}).judge).not.toHaveProperty('margin');
});
