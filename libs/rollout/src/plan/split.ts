/** How many replicas each side has. */
export interface Split {
  readonly stable: number;
  readonly canary: number;
}

/** A share as an exact fraction, in lowest terms. */
export interface Fraction {
  readonly numerator: number;
  readonly denominator: number;
}

/** The canary's share of all replicas: what connections, picked evenly, give it of the traffic. */
export function replicaShare({ stable, canary }: Split): Fraction {
  const pods = stable + canary;
  if (pods === 0) return { numerator: 0, denominator: 1 };
  const divisor = gcd(canary, pods);
  return { numerator: canary / divisor, denominator: pods / divisor };
}

/** The bounds within which replicas can be split. */
export interface SplitBounds {
  readonly stableReplicas: number;
  readonly minReady: number;
  readonly maxPods: number;
}

/**
 * The split that comes nearest to a wanted share: of equally near ones that with the fewest pods,
 * then that with the most stable replicas. One stable replica stays where there is room for it: the
 * canary is compared with it until the stable release goes. All of the traffic is the canary at the
 * stable release's size.
 *
 * @param percent the canary's wanted share, above 0 and at most 100; it gets one replica at least
 */
export function nearestSplit(percent: number, bounds: SplitBounds): Split {
  const { stableReplicas, minReady, maxPods } = bounds;
  const stays = maxPods > 1 ? 1 : 0;
  if (percent === 100) {
    return { stable: Math.min(stays, maxPods - stableReplicas), canary: stableReplicas };
  }
  let best: Split = { stable: stableReplicas, canary: 0 };
  let bestError = Number.POSITIVE_INFINITY;
  for (let pods = Math.max(minReady, 1); pods <= maxPods; pods++) {
    for (let stable = Math.min(stableReplicas, pods - 1); stable >= stays; stable--) {
      const split = { stable, canary: pods - stable };
      const error = Math.abs(errorPoints(percent, split));
      if (error < bestError - 1e-9) [best, bestError] = [split, error];
    }
  }
  return best;
}

/** How far a split lies from the wanted share, in percentage points; above 0: the canary gets more. */
export function errorPoints(percent: number, { stable, canary }: Split): number {
  return (100 * canary) / (stable + canary) - percent;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
