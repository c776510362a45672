import type { Random } from '../random/random.ts';
import type { Arriving, Cold } from './arrivals.ts';
import { fair, type Weather } from './weather.ts';

/** When pods are sampled: all at once, or each at its own phase, as Prometheus does. */
export type Sampling =
  | 'at once'
  | 'phases'
  /** At phases, but the judge is told that all samples are of one instant: what not to do. */
  | 'phases unseen';

/** A kind of hour that releases live through. */
export interface Scenario {
  readonly title: string;
  readonly describes: string;
  readonly sampling: Sampling;
  readonly weather: (random: Random, pods: number) => Weather;
  /** Share of samples that are missing. */
  readonly missing: number;
  /** Judges are told of pods whose sample is missing that they did not answer. */
  readonly saysUnanswered: boolean;
  /** Share of the samples of one pod, any of them, that cannot be used: a series of it came or went. */
  readonly gaps: number;
  /** Mean restarts of each pod. */
  readonly restartsPerHour: number;
  /** One pod, picked at random among all, takes so many times as long to answer. */
  readonly slowNode: number;
  /** The canary's pods where they come while judges look; none for one that was there before. */
  readonly arriving: readonly Arriving[];
  /** What a pod that comes is like at first. */
  readonly cold: Cold;
  /** Failures come so many at one instant on one pod, as often less. */
  readonly clump: number;
  /** Coefficient of variation of the pods' own error rates, the canary's as well. */
  readonly ownRates: number;
  /** Every request is counted so many times, failed or not. */
  readonly countedTimes: number;
  /** The pods' clocks are so many seconds ahead of the one that notes when samples were taken. */
  readonly clockAheadSeconds: number;
  /** When the last look is taken. */
  readonly lastLook: number;
}

/** Nothing happens; what scenarios have in common. */
export const PLAIN = {
  sampling: 'at once',
  weather: fair,
  missing: 0,
  saysUnanswered: false,
  gaps: 0,
  restartsPerHour: 0,
  slowNode: 1,
  arriving: [],
  cold: { seconds: 0, errors: 0, slower: 1 },
  clump: 1,
  ownRates: 0,
  countedTimes: 1,
  clockAheadSeconds: 0,
  lastLook: 3600,
} as const satisfies Omit<Scenario, 'title' | 'describes'>;
