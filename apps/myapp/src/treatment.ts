import type { Settings } from './settings.ts';

/** The settings that decide how a request to `/` fares. */
export type Temper = Pick<
  Settings,
  | 'latencyMs'
  | 'errorRate'
  | 'failAfterSeconds'
  | 'coldSeconds'
  | 'coldErrorRate'
  | 'coldLatencyTimes'
  | 'hangRate'
>;

/** How one request fares. */
export interface Treatment {
  /** It is never answered; then nothing else counts. */
  readonly hangs: boolean;
  /** How long its answer takes, in milliseconds. */
  readonly ms: number;
  /** It is answered with 500. */
  readonly fails: boolean;
}

/**
 * Draws how a request fares that arrives so many seconds after the start.
 *
 * @param random uniform in [0, 1)
 */
export function treatmentOf(temper: Temper, seconds: number, random: () => number): Treatment {
  const { latencyMs, errorRate, failAfterSeconds, coldErrorRate, coldLatencyTimes } = temper;
  // Drawn only where it can matter: a service that never hangs makes the same draws as ever.
  const hangs = temper.hangRate > 0 && random() < temper.hangRate;
  const cold = seconds < temper.coldSeconds;
  const usual = latencyMs.min + random() * (latencyMs.max - latencyMs.min);
  const late = seconds >= failAfterSeconds ? errorRate : 0;
  // Two reasons to fail that know nothing of each other.
  const failing = cold ? 1 - (1 - late) * (1 - coldErrorRate) : late;
  return { hangs, ms: cold ? usual * coldLatencyTimes : usual, fails: random() < failing };
}
