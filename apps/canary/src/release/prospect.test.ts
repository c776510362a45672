import type { RolloutRecord } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import { fakeSite, type FakeSite } from '../testing/fake-site.ts';
import { terminalOf } from '../testing/terminal.ts';

async function saved(site: FakeSite): Promise<RolloutRecord> {
  return (await site.store.load<RolloutRecord>('myapp'))!.value;
}

describe('canary start', () => {
  it('saves the margin that it has chosen, and tells it before it begins', async () => {
    const site = fakeSite();
    const wish = 'start --to 2.0.0 --observe 50ms --bake 0 --decide-within 1h';
    const { out } = await terminalOf(site)(wish);
    expect(out).toMatch(/1\.0\.0 answers \d+ requests per second now, 0 % of them failing/);
    expect((await saved(site)).judging).toMatchObject({ judge: { margin: 0.0005 } });
  });

  it('warns before anything is touched where nothing can be decided in time, and goes on', async () => {
    const site = fakeSite();
    site.answers = 0;
    const ending = new AbortController();
    const { err, out } = await terminalOf(site)('start --to 2.0.0 --observe 50ms --bake 0 -o json');
    expect([err, out.includes('promoted')]).toEqual(['', true]);
    const driving = terminalOf(site)('start --to 2.1.0', ending.signal);
    await expect.poll(async () => (await saved(site)).canary.release).toBe('2.1.0');
    ending.abort();
    const warned = await driving;
    expect(warned.err).toContain('canary: warning: no request to 2.0.0 was seen');
    expect((await saved(site)).judging).toMatchObject({ judge: { margin: 0.01 } });
  });
});
