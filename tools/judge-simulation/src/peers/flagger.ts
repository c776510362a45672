import { histogramQuantile } from '../world/law.ts';
import type { Seen } from '../world/world.ts';
import { successRate, Window, type Contestant } from './contestant.ts';

/** The parts of a Canary's `analysis` that decide. */
export interface FlaggerOptions {
  /** `interval`; queries cover as long. */
  readonly intervalSeconds: number;
  /** `threshold`: so many failed checks roll back. */
  readonly threshold: number;
  /** `request-success-rate`, least: from 0 to 1. */
  readonly leastSuccess: number;
  /** `request-duration`, largest 99th percentile. */
  readonly mostSeconds: number;
}

/** The example that the documentation begins with: 1m, 5 failed checks, 99 %, 500 ms. */
export const FLAGGER: FlaggerOptions = {
  intervalSeconds: 60,
  threshold: 5,
  leastSuccess: 0.99,
  mostSeconds: 0.5,
};

/** `maxWeight` 50 in steps of 5: so many passed checks promote. */
export const CHECKS_TO_PASS = 10;

/**
 * Flagger. It looks at the canary alone. A tick first rolls back if earlier checks failed `threshold`
 * times, and else checks; so a rollback comes at `interval * (threshold + 1)` at the earliest. Failed
 * checks add up and are never forgiven; no data counts as failed. Weights are passed through by time
 * here, the traffic stays as the cell has it.
 *
 * @see https://docs.flagger.app/usage/how-it-works#canary-analysis
 * @see https://docs.flagger.app/usage/metrics#builtin-metrics
 * @see https://github.com/fluxcd/flagger/blob/main/pkg/controller/scheduler.go `advanceCanary`
 */
export function flagger(options: FlaggerOptions): Contestant {
  const window = new Window(options.intervalSeconds);
  let failed = 0;
  let passed = 0;
  return {
    look(seen: Seen) {
      const counted = window.add('canary', seen);
      if (!counted) return undefined;
      if (failed >= options.threshold) return 'roll back';
      const p99 = histogramQuantile(0.99, counted.upTo);
      // Comparisons with NaN, which is no data, are false.
      const passes = successRate(counted) >= options.leastSuccess && p99 <= options.mostSeconds;
      if (passes) passed++;
      else failed++;
      return passed === CHECKS_TO_PASS ? 'promote' : undefined;
    },
  };
}
