import type { Bound, Counts } from './counts.ts';

/** How many times as many events each component of the mixture bets on: for canaries that are broken. */
const FACTORS = [10, 1000];
/** A request without an event leaves at least so much of the evidence. */
const LEFT = 0.1;

/**
 * Evidence of one batch against "the canary is not worse" as in {@link worse}, where the stable
 * release's counts cover but a part of the canary's requests; what happened to the share `u` of them
 * nobody else saw, so that the null allows that all of those had an event: `p1 <= u + r0 * p0 + d0`.
 *
 * `S(m) = (1 + m*(1-u))^x1 * (1 - m*u)^(n1-x1) * (1 - m*r0*n1/n0)^x0 * exp(-m*d0*n1)` for
 * `0 < m < n0/(r0*n1)` and `m*u < 1`. With `l = m/(1-m*u)` the first two factors are
 * `(1+l)^x1 * (1-m*u)^n1`, and their expectation is at most `((1 + l*p1) * (1-m*u))^n1`, which is
 * `(1 + m*(p1-u))^n1 <= exp(m*n1*(p1-u))`; that of the third is at most `exp(-m*n1*r0*p0)`. For
 * u = 0 it is S of {@link worse}.
 *
 * @param bound r0 as `times`, above 0, and d0 as `plus`
 * @param unseen u, from 0 to 1
 * @returns ln S for each factor; they add up over batches, and their mixture is the mean of the S
 */
export function worseUnseen(
  { x1, n1, x0, n0 }: Counts,
  { times, plus }: Bound,
  unseen: number,
): number[] {
  const a = times * n1;
  return FACTORS.map((psi) => {
    const m = Math.min((n0 * (psi - 1)) / (psi * a + n0), (1 - LEFT) / unseen);
    return (
      x1 * Math.log1p(m * (1 - unseen)) +
      (n1 - x1) * Math.log1p(-m * unseen) +
      x0 * Math.log1p((-m * a) / n0) -
      m * plus * n1
    );
  });
}
