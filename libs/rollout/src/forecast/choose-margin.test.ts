import { judgeOptions } from '@canary/judge';
import { describe, expect, it } from 'vitest';
import { chooseMargin } from './choose-margin.ts';

const options = judgeOptions();
const wish = { margin: undefined, decideWithinSeconds: 600, canaryShare: 0.2, soakSeconds: 60 };
const at = (
  requests: number,
  change: Partial<Omit<typeof wish, 'margin'> & { margin: number }> = {},
) => chooseMargin({ requests, errors: 0 }, { ...wish, ...change }, options);

describe('chooseMargin', () => {
  it('says that nothing is decided in time at 1 request per second, with one point', () => {
    const choice = at(1);
    expect(choice).toMatchObject({ margin: 0.01, isGiven: false, isInTime: false });
    expect(choice.decideSeconds).toBeGreaterThan(1800);
    expect(choice.decideSeconds).toBeLessThan(3600);
  });

  it('says that nothing is ever decided without traffic', () => {
    expect(at(0)).toMatchObject({ margin: 0.01, isInTime: false, decideSeconds: undefined });
  });

  it('is the strictest that decides within the time, warm-up and all', () => {
    for (const requests of [10, 50, 1000]) {
      const { margin, isInTime, decideSeconds } = at(requests);
      expect(isInTime).toBe(true);
      expect(decideSeconds).toBeLessThanOrEqual(600);
      expect(at(requests, { margin: margin / 2 }).isInTime).toBe(requests === 1000);
    }
    expect([10, 50, 1000].map((requests) => at(requests).margin)).toEqual([0.005, 0.001, 0.0005]);
    expect(at(50, { decideWithinSeconds: 120 }).margin).toBe(0.01);
  });

  it('keeps what was given, and says what it comes to', () => {
    const strict = at(10, { margin: 0.0005 });
    expect(strict).toMatchObject({ margin: 0.0005, isGiven: true, isInTime: false });
    expect(strict.decideSeconds).toBeGreaterThan(4000);
    expect(at(10, { margin: 0.3 })).toMatchObject({
      margin: 0.3,
      isInTime: true,
      decideSeconds: 90,
    });
  });
});
