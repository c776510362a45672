import { describe, expect, it } from 'vitest';
import { readSettings, SettingsError } from './settings.ts';

describe('readSettings', () => {
  it.each([
    ['VERSION', '-v1'],
    ['VERSION', 'x'.repeat(64)],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PORT', ''],
    ['LATENCY_MS', '200-100'],
    ['LATENCY_MS', '-5'],
    ['LATENCY_MS', '60001'],
    ['ERROR_RATE', '1.1'],
    ['ERROR_RATE', '5%'],
    ['FAIL_AFTER_SECONDS', '-1'],
    ['FAIL_AFTER_SECONDS', '86401'],
    ['COLD_SECONDS', '3601'],
    ['COLD_ERROR_RATE', '1.1'],
    ['COLD_LATENCY_TIMES', '0.5'],
    ['COLD_LATENCY_TIMES', '101'],
    ['HANG_RATE', '2'],
    ['METRICS_FAIL_RATE', 'often'],
    ['DRAIN_SECONDS', 'soon'],
  ])('rejects %s=%j, naming it and what is allowed', (name, value) => {
    expect(() => readSettings({ [name]: value })).toThrow(SettingsError);
    expect(() => readSettings({ [name]: value })).toThrow(
      `${name}=${JSON.stringify(value)} is not allowed: use `,
    );
  });

  it('names every bad variable at once', () => {
    expect(() => readSettings({ PORT: 'x', ERROR_RATE: '2' })).toThrow(/PORT=.*\nERROR_RATE=/);
  });

  it('has the defaults of the article', () => {
    expect(readSettings({})).toEqual({
      version: '888',
      port: 5555,
      latencyMs: { min: 0, max: 1000 },
      errorRate: 0,
      failAfterSeconds: 0,
      coldSeconds: 0,
      coldErrorRate: 0,
      coldLatencyTimes: 1,
      hangRate: 0,
      metricsFailRate: 0,
      drainSeconds: 5,
    });
  });

  it.each([
    ['0-1000', { min: 0, max: 1000 }],
    ['50', { min: 50, max: 50 }],
    ['0', { min: 0, max: 0 }],
  ])('reads LATENCY_MS=%s', (value, latencyMs) => {
    expect(readSettings({ LATENCY_MS: value }).latencyMs).toEqual(latencyMs);
  });
});
