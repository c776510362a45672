import { describe, expect, it } from 'vitest';
import { judgingOf, judgingText } from './judging.ts';

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
