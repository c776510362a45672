import { describe, expect, it } from 'vitest';
import { readSettings } from './settings.ts';
import { treatmentOf } from './treatment.ts';

const at = (seconds: number, env: Record<string, string>, draw = 0.5) =>
  treatmentOf(readSettings({ LATENCY_MS: '100', ...env }), seconds, () => draw);

describe('treatmentOf', () => {
  it('lets the share of requests hang that HANG_RATE asks for', () => {
    const env = { HANG_RATE: '0.3' };
    expect([at(0, env, 0.29).hangs, at(0, env, 0.3).hangs]).toEqual([true, false]);
    expect(at(0, {}, 0).hangs).toBe(false);
    expect(at(0, { HANG_RATE: '1' }, 0.999999).hangs).toBe(true);
  });

  it('fails from FAIL_AFTER_SECONDS on, not before', () => {
    const env = { ERROR_RATE: '1', FAIL_AFTER_SECONDS: '20' };
    expect([at(19.9, env).fails, at(20, env).fails]).toEqual([false, true]);
    expect(at(0, { ERROR_RATE: '1' }).fails).toBe(true);
  });

  it('fails more often while it is cold, beside what fails anyway', () => {
    const env = { COLD_SECONDS: '30', COLD_ERROR_RATE: '0.2', ERROR_RATE: '0.5' };
    // 1 - 0.8 * 0.5 of them, and the half afterwards.
    expect([at(29.9, env, 0.59).fails, at(29.9, env, 0.61).fails]).toEqual([true, false]);
    expect([at(30, env, 0.49).fails, at(30, env, 0.51).fails]).toEqual([true, false]);
  });

  it('takes so many times as long while it is cold', () => {
    const env = { COLD_SECONDS: '30', COLD_LATENCY_TIMES: '3' };
    expect([at(29.9, env).ms, at(30, env).ms]).toEqual([300, 100]);
  });
});
