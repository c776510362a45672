import type { Random } from '../random/random.ts';
import { day, fair, outage, ownBursts, sharedBursts, type Weather } from './weather.ts';

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
  /** Mean restarts of each pod. */
  readonly restartsPerHour: number;
  /** One pod, picked at random among all, takes so many times as long to answer. */
  readonly slowNode: number;
}

const PLAIN = {
  sampling: 'at once',
  weather: fair,
  missing: 0,
  restartsPerHour: 0,
  slowNode: 1,
} as const;

const OUTAGE = outage(60, 0.5);

/** All scenarios by name. */
export const scenarios = {
  independent: { ...PLAIN, title: 'independent', describes: 'requests fail independently' },
  sharedBursts: {
    ...PLAIN,
    title: 'shared bursts',
    describes: 'every 5 min on average 20 % of all requests fail for 20 s, on all pods alike',
    weather: sharedBursts({ apart: 300, lasting: 20, share: 0.2 }),
  },
  outageAtOnce: {
    ...PLAIN,
    title: 'shared outage, looks at once',
    describes: 'for one minute of the hour half of all requests fail, on all pods alike',
    weather: OUTAGE,
  },
  outagePhases: {
    ...PLAIN,
    title: 'shared outage, scrape phases',
    describes: 'the same, seen through Prometheus: every pod is scraped at a phase of its own',
    weather: OUTAGE,
    sampling: 'phases',
  },
  outageUnseen: {
    ...PLAIN,
    title: 'shared outage, phases ignored',
    describes: 'the same, but samples are taken for simultaneous: shows what the phases would do',
    weather: OUTAGE,
    sampling: 'phases unseen',
  },
  podBursts: {
    ...PLAIN,
    title: "one pod's bursts",
    describes:
      'every 10 min on average 30 % of one pod’s requests fail for 30 s, each pod at its times',
    weather: ownBursts({ apart: 600, lasting: 30, share: 0.3 }),
  },
  podLongBursts: {
    ...PLAIN,
    title: "one pod's long bursts",
    describes: 'the same with bursts of 2 min, longer than the blocks in which pods are ranked',
    weather: ownBursts({ apart: 600, lasting: 120, share: 0.3 }),
  },
  slowNode: {
    ...PLAIN,
    title: 'one slow node',
    describes: 'one pod of the five, any of them, takes twice as long to answer',
    slowNode: 2,
  },
  day: {
    ...PLAIN,
    title: 'daily cycle',
    describes:
      'a day’s swing within the hour: load 0.2 to 1.8 times, errors a third to three times',
    weather: day,
  },
  missing: {
    ...PLAIN,
    title: 'missing scrapes',
    describes: 'each sample of a pod is missing with a probability of 5 %',
    missing: 0.05,
  },
  restarts: {
    ...PLAIN,
    title: 'restarts',
    describes: 'every pod restarts 6 times an hour on average, and its counters begin at zero',
    restartsPerHour: 6,
  },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof scenarios;
