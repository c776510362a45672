import type { Bound, Counts } from './counts.ts';

/** Shares of its evidence that each component of the mixture bets on the next event. */
const STAKES = [0.1, 0.2, 0.35, 0.5, 0.7, 0.9];

/**
 * Evidence of one batch against "the canary is worse than the margin allows", H0: `p1 >= rm * p0 + dm`.
 *
 * `S(l) = (1-l)^x1 * (1 + l*rm*n1/n0)^x0 * exp(l*dm*n1)`, so that, as for {@link worse},
 * `E[S] <= exp(l*n1*(rm*p0 + dm - p1)) <= 1`.
 *
 * @param margin rm as `times`, and dm as `plus`: above 0, or an error-free service is never safe
 * @returns ln S for each stake; they add up over batches, and their mixture is the mean of the S
 */
export function safe({ x1, n1, x0, n0 }: Counts, { times, plus }: Bound): number[] {
  return STAKES.map(
    (l) => x1 * Math.log1p(-l) + x0 * Math.log1p((l * times * n1) / n0) + l * plus * n1,
  );
}
