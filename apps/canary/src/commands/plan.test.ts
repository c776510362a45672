import { describe, expect, it } from 'vitest';
import { fakeSite } from '../testing/fake-site.ts';
import { terminalOf } from '../testing/terminal.ts';

interface Planned {
  readonly judging: { readonly judge: { readonly margin?: number } };
  readonly forecast?: { readonly margin: number; readonly isInTime: boolean };
  readonly notJudged?: readonly unknown[];
  readonly trouble?: string;
}

describe('canary plan', () => {
  it('says how a release is judged, with which margin and how soon, and touches nothing', async () => {
    const site = fakeSite();
    const { out, code } = await terminalOf(site)('plan --decide-within 1h');
    expect(code).toBe(0);
    expect(out).toContain('Judged: errors, latency, restarts, scraped from the pods.');
    expect(out).toMatch(
      /Margin 0\.05 points, by the traffic: a canary as good as 1\.0\.0 is promoted/,
    );
    expect(out).toMatch(/observe at full size until a verdict .* 1 min 10 s to 1 h 2 min/);
    expect(await site.store.load('myapp')).toBeUndefined();
  });

  it('says where nothing would be decided, and why canary start would refuse', async () => {
    const site = fakeSite();
    site.answers = 0;
    const canary = terminalOf(site);
    expect((await canary('plan')).out).toMatch(/^Beware: no request to 1\.0\.0 was seen/m);
    const refused = await canary('plan --requests-metric shop_orders');
    expect(refused.code).toBe(0);
    expect(refused.out).toMatch(/^canary start would refuse: .*does not expose shop_orders/m);
    expect(refused.out).not.toContain('Judged:');
  });

  it('says where nothing is judged', async () => {
    const { out } = await terminalOf(fakeSite())('plan --judge none');
    expect(out).toContain('Nothing is judged: time alone decides.');
    expect(out).not.toContain('Margin');
  });

  it('writes all of it as JSON', async () => {
    const canary = terminalOf(fakeSite());
    const planned = async (line: string) => JSON.parse((await canary(line)).out) as Planned;
    expect(await planned('plan -o json --margin 0.02')).toMatchObject({
      judging: { judge: { margin: 0.02 } },
      forecast: { margin: 0.02, isInTime: true },
      notJudged: [],
    });
    const { trouble } = await planned('plan -o json --requests-metric shop_orders');
    expect(trouble).toContain('shop_orders');
  });
});
