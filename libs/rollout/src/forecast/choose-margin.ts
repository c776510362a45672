import { forecastFor, marginFor, type JudgeOptions, type MarginForecast } from '@canary/judge';
import type { StableTraffic } from './stable-traffic.ts';

/** What is wished for before a release begins. */
export interface MarginWish {
  /** The margin that was given; undefined: it follows from the traffic. */
  readonly margin: number | undefined;
  /** A good canary is to be promoted within so many seconds. */
  readonly decideWithinSeconds: number;
  /** The canary's share of the requests in its first split, from 0 to 1. */
  readonly canaryShare: number;
  /** No promotion before so many seconds. */
  readonly soakSeconds: number;
}

/** The margin that a release is judged with, and what it comes to. */
export interface MarginChoice {
  readonly margin: number;
  readonly isGiven: boolean;
  readonly traffic: StableTraffic;
  readonly wish: MarginWish;
  /** Seconds until a canary as good as the stable release is promoted; undefined where that never comes. */
  readonly decideSeconds: number | undefined;
  /** It comes within the time wished for, if the soak allows. */
  readonly isInTime: boolean;
  /** Regressions, as the share of the canary's requests that fails, and after how many seconds they are found. */
  readonly finds: MarginForecast['finds'];
}

/** No larger margin is taken without being asked for: one point. */
export const LARGEST_MARGIN = 0.01;

/**
 * The margin for a release at this traffic: the one given, or else the strictest with which a good canary
 * is promoted in time, and one point where there is none.
 */
export function chooseMargin(
  traffic: StableTraffic,
  wish: MarginWish,
  options: JudgeOptions,
): MarginChoice {
  const { margin, decideWithinSeconds, canaryShare, soakSeconds } = wish;
  const { warmUpSeconds } = options;
  const within = decideWithinSeconds - warmUpSeconds;
  const rates = { ...traffic, canaryShare };
  const found = margin === undefined ? marginFor(rates, within, options) : undefined;
  const forecast = found ?? forecastFor(rates, { ...options, margin: margin ?? LARGEST_MARGIN });
  const { promoteSeconds, finds } = forecast;
  const isEver = promoteSeconds < Infinity;
  return {
    margin: forecast.margin,
    isGiven: margin !== undefined,
    ...{ traffic, wish, finds },
    decideSeconds: isEver ? warmUpSeconds + Math.max(soakSeconds, promoteSeconds) : undefined,
    isInTime: promoteSeconds <= within,
  };
}
