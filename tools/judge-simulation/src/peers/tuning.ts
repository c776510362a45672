import { histogramQuantile } from '../world/law.ts';
import { ARGO } from './argo.ts';
import { successRate } from './contestant.ts';
import { CHECKS_TO_PASS, FLAGGER } from './flagger.ts';
import { highestZ } from './kayenta.ts';
import type { Minutes } from './minutes.ts';

/**
 * Where each peer's parameter lies: in one run of a canary that is no worse, the value beyond which
 * it would have been rolled back; tuned, the one that rolls back no more than a share of such runs.
 */
export interface Tuning {
  /** `leastSuccess` of Flagger and of Argo Rollouts. */
  readonly flaggerSuccess: number;
  readonly argoSuccess: number;
  /** `mostSeconds` of Flagger. */
  readonly flaggerSeconds: number;
  /** z of Kayenta's confidence. */
  readonly kayentaZ: number;
}

/**
 * Of one run. Flagger rolls back where 5 checks fail before 10 pass, so where 5 of the first 14 fail:
 * where the fifth lowest of their success rates is below what it wants. Argo Rollouts likewise, by the
 * second lowest of 5.
 */
export function extremesOf(minutes: Minutes): Tuning {
  const checks = minutes.canary.slice(0, FLAGGER.threshold + CHECKS_TO_PASS - 1);
  const measurements = minutes.canary.slice(0, ARGO.count);
  // No data fails a check, whatever is wanted.
  const seconds = checks.map(({ upTo }) => -(histogramQuantile(0.99, upTo) || Infinity));
  return {
    flaggerSuccess: lowest(
      checks.map((one) => successRate(one) || 0),
      FLAGGER.threshold,
    ),
    argoSuccess: lowest(
      measurements.map((one) => successRate(one) || 1),
      ARGO.failureLimit + 1,
    ),
    flaggerSeconds: -lowest(seconds, FLAGGER.threshold),
    kayentaZ: highestZ(minutes),
  };
}

/** Tuned on many runs, so that at most `share` of them is rolled back. */
export function tuned(extremes: readonly Tuning[], share: number): Tuning {
  const allowed = Math.floor(share * extremes.length) + 1;
  const low = (of: keyof Tuning) =>
    lowest(
      extremes.map((one) => one[of]),
      allowed,
    );
  const high = (of: keyof Tuning) =>
    -lowest(
      extremes.map((one) => -one[of]),
      allowed,
    );
  return {
    flaggerSuccess: low('flaggerSuccess'),
    argoSuccess: low('argoSuccess'),
    flaggerSeconds: high('flaggerSeconds'),
    kayentaZ: high('kayentaZ'),
  };
}

function lowest(values: readonly number[], nth: number): number {
  return values.toSorted((a, b) => a - b)[nth - 1]!;
}
