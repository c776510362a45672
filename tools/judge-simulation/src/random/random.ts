import { createHash } from 'node:crypto';
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A number from 0 to below 1, another at each call. */
export type Random = () => number;

/**
 * Random numbers that depend on nothing but the name: a run's numbers are those of its cell and its
 * index, whichever worker draws them.
 */
export function randomOf(name: string): Random {
  const hash = createHash('sha256').update(name).digest();
  const state = [0, 4, 8, 12].map((offset) => hash.readInt32LE(offset));
  const generator = xoroshiro128plusFromState(state);
  return () => uniformFloat64(generator);
}

/** The time until the next of events that come at random, `mean` apart. */
export function exponential(random: Random, mean: number): number {
  return -mean * Math.log1p(-random());
}
