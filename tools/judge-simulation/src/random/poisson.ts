import type { Random } from './random.ts';

/**
 * A Poisson count, exactly: by inversion below a mean of 10, by transformed rejection above.
 *
 * @see Hörmann, "The transformed rejection method for generating Poisson random variables"
 *   (Insurance: Mathematics and Economics 1993), algorithm PTRS
 */
export function poisson(random: Random, mean: number): number {
  if (mean <= 0) return 0;
  return mean < 10 ? byInversion(random, mean) : byRejection(random, mean);
}

function byInversion(random: Random, mean: number): number {
  const u = random();
  let probability = Math.exp(-mean);
  let sum = probability;
  let count = 0;
  // Beyond 200 nothing of the probability is left, and the sum may stay a rounding error below 1.
  while (u >= sum && count < 200) {
    count++;
    probability *= mean / count;
    sum += probability;
  }
  return count;
}

function byRejection(random: Random, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  const logMean = Math.log(mean);
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vr) return count;
    if (count < 0 || (us < 0.013 && v > us)) continue;
    const accepted = Math.log((v * inverseAlpha) / (a / (us * us) + b));
    if (accepted <= count * logMean - mean - logFactorial(count)) return count;
  }
}

const SMALL = [0, 0];
for (let n = 2; n < 10; n++) SMALL.push(SMALL[n - 1]! + Math.log(n));

/** ln(n!); Stirling's series is off by less than 1e-11 from 10 on. */
export function logFactorial(n: number): number {
  if (n < 10) return SMALL[n]!;
  const series = 1 / (12 * n) - 1 / (360 * n ** 3) + 1 / (1260 * n ** 5) - 1 / (1680 * n ** 7);
  return (n + 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
}
