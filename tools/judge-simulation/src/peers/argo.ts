import type { Seen } from '../world/world.ts';
import { successRate, Window, type Contestant } from './contestant.ts';

/** The parts of an AnalysisTemplate's metric that decide. */
export interface ArgoOptions {
  /** `interval`; queries cover as long. */
  readonly intervalSeconds: number;
  /** `count`: so many measurements, then the canary is promoted. */
  readonly count: number;
  /** `failureLimit`: more failed measurements than that roll back. */
  readonly failureLimit: number;
  /** `successCondition: result >= …`. */
  readonly leastSuccess: number;
}

/** The documented "analysis at a predefined step", 60 s x 5 at 95 %, with one failure allowed. */
export const ARGO: ArgoOptions = {
  intervalSeconds: 60,
  count: 5,
  failureLimit: 1,
  leastSuccess: 0.95,
};

/** The documented background analysis: every 5 min along four steps of 10 min, three failures allowed. */
export const ARGO_BACKGROUND: ArgoOptions = {
  intervalSeconds: 300,
  count: 8,
  failureLimit: 3,
  leastSuccess: 0.95,
};

/** `consecutiveErrorLimit`, by default: more measurements without a result in a row roll back. */
const CONSECUTIVE_ERRORS = 4;

/**
 * Argo Rollouts' analysis of the canary's success rate. The first measurement is taken after one
 * interval (`initialDelay`), as there is nothing to measure before. The documented query is an
 * `irate`, of the last two samples only; here every request of the interval counts.
 *
 * @see https://argo-rollouts.readthedocs.io/en/stable/features/analysis/
 * @see https://github.com/argoproj/argo-rollouts/blob/master/analysis/analysis.go `assessMetricStatus`
 */
export function argo(options: ArgoOptions): Contestant {
  const window = new Window(options.intervalSeconds);
  let measured = 0;
  let failed = 0;
  let errors = 0;
  return {
    look(seen: Seen) {
      const counted = window.add('canary', seen);
      if (!counted) return undefined;
      const rate = successRate(counted);
      if (Number.isNaN(rate)) {
        errors++;
        return errors > CONSECUTIVE_ERRORS ? 'roll back' : undefined;
      }
      errors = 0;
      measured++;
      if (rate < options.leastSuccess) failed++;
      if (failed > options.failureLimit) return 'roll back';
      return measured === options.count ? 'promote' : undefined;
    },
  };
}
