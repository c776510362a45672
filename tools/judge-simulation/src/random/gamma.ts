import { exponential, type Random } from './random.ts';

/**
 * A factor of mean 1 that differs from draw to draw: a gamma law, as the mean of 1/variation²
 * exponentials.
 *
 * @param variation its coefficient of variation; 1/variation² has to be a whole number, as with 0.2 and 0.5
 * @throws where it is none
 */
export function gammaFactor(random: Random, variation: number): number {
  const shape = 1 / variation ** 2;
  const whole = Math.round(shape);
  if (!(whole >= 1 && Math.abs(shape - whole) < 1e-6)) {
    throw new Error(
      `variation ${variation} is not possible: give one with a whole 1/variation², such as 0.5`,
    );
  }
  let sum = 0;
  for (let i = 0; i < whole; i++) sum += exponential(random, 1);
  return sum / whole;
}
