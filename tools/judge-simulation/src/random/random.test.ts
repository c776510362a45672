import { describe, expect, it } from 'vitest';
import { logFactorial, poisson } from './poisson.ts';
import { exponential, randomOf } from './random.ts';

const DRAWS = 40_000;

describe('randomOf', () => {
  it('gives the same numbers for the same name, and others for another', () => {
    const draw = (name: string) => {
      const random = randomOf(name);
      return [random(), random(), random()];
    };
    expect(draw('a cell:17')).toEqual(draw('a cell:17'));
    expect(draw('a cell:17')).not.toEqual(draw('a cell:18'));
  });

  it('is even', () => {
    const random = randomOf('even');
    const counts = new Array<number>(20).fill(0);
    for (let i = 0; i < DRAWS; i++) counts[Math.floor(20 * random())]!++;
    expect(chiSquare(counts, new Array<number>(20).fill(DRAWS / 20))).toBeLessThan(limit(19));
  });
});

describe('exponential', () => {
  it('has its mean, and as much of it as it should below half of that', () => {
    const random = randomOf('exponential');
    const draws = Array.from({ length: DRAWS }, () => exponential(random, 30));
    const mean = draws.reduce((sum, one) => sum + one) / DRAWS;
    const below = draws.filter((one) => one < 15).length / DRAWS;
    expect(Math.abs(mean - 30)).toBeLessThan((4 * 30) / Math.sqrt(DRAWS));
    expect(below).toBeCloseTo(1 - Math.exp(-0.5), 1);
  });
});

describe('poisson', () => {
  it.each([0.02, 0.7, 5, 9.99, 10, 30.5, 200, 2000])('follows its law at a mean of %s', (mean) => {
    const random = randomOf(`poisson ${mean}`);
    const law = (count: number) => Math.exp(count * Math.log(mean) - mean - logFactorial(count));
    const largest = Math.ceil(mean + 10 * Math.sqrt(mean) + 10);
    const counts = new Array<number>(largest + 1).fill(0);
    for (let i = 0; i < DRAWS; i++) counts[poisson(random, mean)]!++;
    // Counts that are too rare for the test go to their neighbour.
    const seen = [0];
    const expected = [0];
    for (let count = 0; count <= largest; count++) {
      if (expected.at(-1)! >= 10) {
        seen.push(0);
        expected.push(0);
      }
      seen[seen.length - 1]! += counts[count]!;
      expected[expected.length - 1]! += DRAWS * law(count);
    }
    expect(chiSquare(seen, expected)).toBeLessThan(limit(seen.length - 1));
  });

  it('is 0 where nothing comes', () => {
    expect(poisson(randomOf('none'), 0)).toBe(0);
  });
});

describe('logFactorial', () => {
  it.each([0, 1, 9, 10, 11, 170])('is the sum of logarithms for %s', (n) => {
    let sum = 0;
    for (let i = 2; i <= n; i++) sum += Math.log(i);
    expect(logFactorial(n)).toBeCloseTo(sum, 10);
  });
});

function chiSquare(seen: readonly number[], expected: readonly number[]): number {
  return seen.reduce(
    (sum, count, i) => sum + (count - expected[i]!) ** 2 / (expected[i]! + 1e-9),
    0,
  );
}

/** Exceeded by chance in less than one of 10,000 tests (Wilson and Hilferty's approximation). */
function limit(freedom: number): number {
  const k = Math.max(1, freedom);
  return k * (1 - 2 / (9 * k) + 3.72 * Math.sqrt(2 / (9 * k))) ** 3;
}
