/** Shares of the largest stake that keeps every factor of S at 0 or above. */
const STAKES = [0.1, 0.25, 0.5, 0.9];

/** Requests by bucket, in the order of the buckets' bounds: so many in each, not cumulative. */
export interface BucketCounts {
  readonly canary: readonly number[];
  readonly stable: readonly number[];
}

/**
 * Evidence of one batch against "both releases have the same response times", without a margin.
 *
 * Canary counts c_b, stable counts d_b, `N = n1 + n0`, and a non-decreasing score s_b:
 * `S = prod_b (1 + (n0/N)*eta*s_b)^c_b * (1 - (n1/N)*eta*s_b)^d_b`. With `m = sum_b q_b*s_b` for
 * the common law q, `E[S] = (1 + (n0/N)*eta*m)^n1 * (1 - (n1/N)*eta*m)^n0 <= 1` by the inequality
 * of the arithmetic and the geometric mean. eta is a share of the largest that is possible.
 *
 * @param scores of which each is a score per bucket, made from earlier batches only: {@link scoresOf}
 * @returns ln S for each score and stake; they add up over batches, and their mixture is the mean of the S
 * @see Turner, Ly and Gruenwald, "Generic E-variables for exact sequential k-sample tests" (JSPI 2024)
 */
export function sameLaw(
  { canary, stable }: BucketCounts,
  scores: readonly (readonly number[])[],
): number[] {
  const [n1, n0] = [sum(canary), sum(stable)];
  const [f1, f0] = [n1 / (n1 + n0), n0 / (n1 + n0)];
  return scores.flatMap((score) => {
    const largest = 1 / Math.max(f1 * Math.max(...score), -f0 * Math.min(...score));
    return STAKES.map((stake) => {
      // Where all scores are 0 there is nothing to bet on.
      const eta = Number.isFinite(largest) ? stake * largest : 0;
      return sum(
        score.map(
          (s, b) => canary[b]! * Math.log1p(f0 * eta * s) + stable[b]! * Math.log1p(-f1 * eta * s),
        ),
      );
    });
  });
}

/**
 * The scores of {@link sameLaw} from past counts by bucket: the mid-rank minus 1/2, and for the
 * buckets above the 90th and the 99th percentile 1 minus the share of the past that was there.
 *
 * @returns none where nothing was counted
 */
export function scoresOf(past: readonly number[]): number[][] {
  const total = sum(past);
  if (total === 0) return [];
  const below = past.map((_, b) => sum(past.slice(0, b)) / total);
  const midRanks = past.map((count, b) => below[b]! + count / total / 2 - 0.5);
  const tails = [0.9, 0.99].map((quantile) => {
    const isAbove = below.map((share) => (share >= quantile ? 1 : 0));
    const expected = sum(past.map((count, b) => (isAbove[b]! * count) / total));
    return isAbove.map((one) => one - expected);
  });
  return [midRanks, ...tails];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
