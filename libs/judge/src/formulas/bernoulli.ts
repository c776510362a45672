import type { Bound, Counts } from './counts.ts';

/** What a component bets on: the probabilities of an event that it takes both releases to have. */
export interface Bet {
  readonly canary: number;
  readonly stable: number;
}

/**
 * Evidence of one batch against "the canary is not worse" as in {@link worse}, H0: `p1 <= r0*p0 + d0`, for
 * trials of which each has an event or not: the likelihood of a bet over that of the null's member nearest
 * to it. Where most requests fail it needs a third fewer of them than {@link worse}, whose bound is
 * made for events that are rare.
 *
 * `S = (q1/t1)^x1 * ((1-q1)/(1-t1))^(n1-x1) * (q0/t0)^x0 * ((1-q0)/(1-t0))^(n0-x0)` for the bet (q1, q0)
 * and the t1 = r0*t0 + d0 that makes `n1*KL(q1|t1) + n0*KL(q0|t0)` the least. With `a_i = (q_i - t_i) /
 * (t_i*(1-t_i))` the expectation of each side is `(1 + a_i*(p_i - t_i))^n_i`, the least is where
 * `n1*r0*a1 + n0*a0 = 0`, and so `ln E[S] <= n1*a1*(p1 - t1 - r0*(p0 - t0)) = n1*a1*(p1 - r0*p0 - d0) <= 0`:
 * for any p0, any split, and trials of different probabilities, whose mean counts (AM-GM).
 *
 * @param bet made before the batch was seen
 * @returns ln S; 0 where the bet itself is not worse
 * @see Turner, Ly and Grünwald, "Generic E-variables for exact sequential k-sample tests" (JSPI 2024)
 */
export function bernoulli(
  { x1, n1, x0, n0 }: Counts,
  { times, plus }: Bound,
  { canary: q1, stable: q0 }: Bet,
): number {
  if (q1 <= times * q0 + plus) return 0;
  const t0 = nearest({ n1, n0, q1, q0, times, plus });
  const t1 = times * t0 + plus;
  return (
    x1 * Math.log(q1 / t1) +
    (n1 - x1) * Math.log((1 - q1) / (1 - t1)) +
    x0 * Math.log(q0 / t0) +
    (n0 - x0) * Math.log((1 - q0) / (1 - t0))
  );
}

/** The t0 at which the sum of both divergences, which is convex, is the least: by halving. */
function nearest(by: Record<'n1' | 'n0' | 'q1' | 'q0' | 'times' | 'plus', number>): number {
  const { n1, n0, q1, q0, times, plus } = by;
  const slope = (t0: number) => {
    const t1 = times * t0 + plus;
    return (n0 * (t0 - q0)) / (t0 * (1 - t0)) - (n1 * times * (q1 - t1)) / (t1 * (1 - t1));
  };
  let [low, high] = [q0, Math.min(1, (q1 - plus) / times)];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
