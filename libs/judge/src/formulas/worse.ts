import type { Bound, Counts } from './counts.ts';

/** How many times as many events each component of the mixture bets on. */
const FACTORS = [1.25, 1.5, 2, 3, 5, 10, 30, 1000];

/**
 * Evidence of one batch against "the canary is not worse", H0: `p1 <= r0 * p0 + d0`.
 *
 * `S(l) = (1+l)^x1 * (1 - l*r0*n1/n0)^x0 * exp(-l*d0*n1)` for `0 < l < n0/(r0*n1)`, here at
 * `l = n0*(psi-1) / (psi*r0*n1 + n0)` for each factor psi. As `(1-p+p*a)^n <= exp(n*p*(a-1))`,
 * `E[S] <= exp(l*n1*(p1 - r0*p0 - d0)) <= 1`, for any p0, any split and any batch size; p0 may be
 * another in every batch. With r0 = 1 and d0 = 0 it is the likelihood ratio of Lindon and Malek.
 *
 * @param bound r0 as `times`, above 0, and d0 as `plus`
 * @returns ln S for each factor; they add up over batches, and their mixture is the mean of the S
 * @see Lindon and Malek, "Anytime-valid inference for multinomial count data" (NeurIPS 2022)
 */
export function worse({ x1, n1, x0, n0 }: Counts, { times, plus }: Bound): number[] {
  const a = times * n1;
  return FACTORS.map((psi) => {
    const l = (n0 * (psi - 1)) / (psi * a + n0);
    return x1 * Math.log1p(l) + x0 * Math.log((a + n0) / (psi * a + n0)) - l * plus * n1;
  });
}
