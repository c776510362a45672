/** Upper bounds of the histogram's buckets in seconds: the Prometheus clients' defaults. */
export const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, Infinity];

/** Response times are log-normal: half of them above 80 ms, one in a hundred above 323 ms. */
const MEDIAN_SECONDS = 0.08;
const SIGMA = 0.6;

const laws = new Map<number, readonly number[]>();
const waits = new Map<string, readonly number[]>();
/** A wait that may end at any time is taken as so many that do so evenly. */
const WAITS = 200;

/** The probability of each bucket where responses take `times` as long as usual. */
export function bucketShares(times: number): readonly number[] {
  const known = laws.get(times);
  if (known) return known;
  const shares = sharesBelow((bound) => upToShare(times, bound));
  laws.set(times, shares);
  return shares;
}

/** The same of requests that came at any time of the last `seconds`, and were taken up at their end only. */
export function waitedShares(times: number, seconds: number): readonly number[] {
  const key = `${times} ${seconds}`;
  const known = waits.get(key);
  if (known) return known;
  const shares = sharesBelow((bound) => {
    let sum = 0;
    for (let i = 0; i < WAITS; i++) {
      sum += upToShare(times, Math.max(0, bound - (seconds * (i + 0.5)) / WAITS));
    }
    return sum / WAITS;
  });
  waits.set(key, shares);
  return shares;
}

function upToShare(times: number, seconds: number): number {
  return normal(Math.log(seconds / (times * MEDIAN_SECONDS)) / SIGMA);
}

function sharesBelow(upTo: (bound: number) => number): readonly number[] {
  const shares = BOUNDS.map(upTo);
  return shares.map((share, i) => share - (shares[i - 1] ?? 0));
}

/**
 * The quantile of a histogram as PromQL's `histogram_quantile` estimates it: linear inside a bucket,
 * and the highest finite bound where it lies beyond.
 *
 * @param upTo cumulative counts by {@link BOUNDS}
 * @returns NaN without any count
 */
export function histogramQuantile(quantile: number, upTo: readonly number[]): number {
  const rank = quantile * upTo.at(-1)!;
  if (rank === 0) return NaN;
  const bucket = upTo.findIndex((count) => count >= rank);
  if (BOUNDS[bucket] === Infinity) return BOUNDS[bucket - 1]!;
  const [low, below] = bucket === 0 ? [0, 0] : [BOUNDS[bucket - 1]!, upTo[bucket - 1]!];
  return low + ((BOUNDS[bucket]! - low) * (rank - below)) / (upTo[bucket]! - below);
}

/** The standard normal law's distribution function; off by less than 1e-7 (Abramowitz and Stegun 26.2.17). */
export function normal(z: number): number {
  if (z < 0) return 1 - normal(-z);
  if (z > 12) return 1;
  const t = 1 / (1 + 0.2316419 * z);
  const polynomial =
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}
