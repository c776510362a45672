import { describe, expect, it } from 'vitest';
import { PRESETS } from './all-presets.ts';
import { presetsPage } from '../testing/presets-page.ts';

describe('the presets', () => {
  it('have names of their own, and a source each', () => {
    expect(new Set(PRESETS.map(({ name }) => name)).size).toBe(PRESETS.length);
    for (const { name, source } of PRESETS) expect(source, name).toMatch(/^https:\/\//);
  });

  it('are patterns that can be read', () => {
    for (const { requests, having, latency = [] } of PRESETS) {
      const patterns = [...requests, having ?? '', ...latency.map(({ metric }) => metric)];
      for (const pattern of patterns) expect(() => new RegExp(pattern)).not.toThrow();
    }
  });

  it('are what the documentation says', async () => {
    await expect(presetsPage()).toMatchFileSnapshot('../../../../docs/metrics.md');
  });
});
