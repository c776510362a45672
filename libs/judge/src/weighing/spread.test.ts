import { describe, expect, it } from 'vitest';
import { NOTHING, type PodPart } from '../counting/tally.ts';
import { poisson, seeded } from '../testing/poisson.ts';
import { NO_SPREAD, spreadWith, temper, type Spread } from './spread.ts';

const failed = ({ failed, requests }: PodPart['tally']) => [failed, requests] as const;
const part = (pod: number, events: number, requests = 20): PodPart => ({
  pod: `s${pod}`,
  tally: { ...NOTHING, failed: events, requests },
});

/** The spread after looks in which each of four pods has so many events as `draw` gives. */
function after(looks: number, draw: (pod: number) => number): Spread {
  let spread = NO_SPREAD;
  for (let look = 0; look < looks; look++) {
    const parts = [0, 1, 2, 3].map((pod) => part(pod, draw(pod), 200));
    spread = spreadWith(spread, parts, failed);
  }
  return spread;
}

describe('temper', () => {
  it('is 1 where nothing was seen, or pods are as alike as can be', () => {
    expect(temper(NO_SPREAD)).toBe(1);
    expect(temper(after(50, () => 2))).toBe(1);
  });

  it('is about 1 for independent requests', () => {
    const random = seeded(7);
    expect(temper(after(300, () => poisson(2, random)))).toBeLessThan(1.6);
  });

  it('is about the size of clumps in which requests fail', () => {
    const random = seeded(7);
    const by = temper(after(300, () => 10 * poisson(0.2, random)));
    expect(by).toBeGreaterThan(8);
    expect(by).toBeLessThan(14);
  });

  it('grows with time where pods have rates of their own', () => {
    const random = seeded(7);
    const rates = [1, 2, 3, 4];
    const draw = (pod: number) => poisson(rates[pod]!, random);
    expect(temper(after(200, draw))).toBeGreaterThan(3 * temper(after(10, draw)));
  });

  it('follows no more pods than fit, and lets go of those that have gone', () => {
    let spread = NO_SPREAD;
    for (let look = 0; look < 3; look++) {
      const parts = Array.from({ length: 200 }, (_, pod) => part(pod + 1000 * look, 1));
      spread = spreadWith(spread, parts, failed);
    }
    expect(Object.keys(spread.pods)).toHaveLength(32);
    expect(spread.pods).toHaveProperty('s2000');
  });
});
