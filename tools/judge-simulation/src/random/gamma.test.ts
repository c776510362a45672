import { describe, expect, it } from 'vitest';
import { gammaFactor } from './gamma.ts';
import { randomOf } from './random.ts';

const DRAWS = 40_000;

describe('gammaFactor', () => {
  it.each([0, 0.3, 2, NaN])('refuses a variation of %s, and says what would do', (variation) => {
    expect(() => gammaFactor(randomOf('gamma'), variation)).toThrow(/give one with a whole/);
  });

  it.each([0.2, 0.5, 1])('has a mean of 1 and a coefficient of variation of %s', (variation) => {
    const random = randomOf(`gamma ${variation}`);
    const draws = Array.from({ length: DRAWS }, () => gammaFactor(random, variation));
    const mean = draws.reduce((sum, one) => sum + one) / DRAWS;
    const variance = draws.reduce((sum, one) => sum + (one - mean) ** 2, 0) / DRAWS;
    expect(Math.abs(mean - 1)).toBeLessThan((4 * variation) / Math.sqrt(DRAWS));
    expect(Math.abs(Math.sqrt(variance) / variation - 1)).toBeLessThan(0.04);
    expect(Math.min(...draws)).toBeGreaterThan(0);
  });
});
