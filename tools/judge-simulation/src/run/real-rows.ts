import type { JudgeName } from '../peers/judges.ts';
import type { RealScenarioName } from '../world/real-scenarios.ts';

/** What must hold in each of a row's cells; reported only where `most` is undefined. */
export type Limit =
  /** Share of releases that are rolled back for nothing. */
  | { readonly of: 'false alarms'; readonly most: number | undefined }
  /** When half of the releases were promoted, in times that of another scenario, or in seconds. */
  | {
      readonly of: 'time to promote';
      readonly most: number | undefined;
      readonly than?: RealScenarioName;
    }
  /** Median seconds to a roll-back, from when the canary is worse. */
  | { readonly of: 'time to roll back'; readonly most: number | undefined; readonly since: number }
  /** Mean of the canary's failed requests until it is rolled back. */
  | { readonly of: 'failed requests'; readonly most: number | undefined };

/** Cells that are limited alike, and what was measured before the judge was made for them. */
export interface RealRow {
  readonly what: string;
  /** In the words of those who measured it. */
  readonly before: string;
  readonly limit: Limit;
  readonly scenarios: readonly RealScenarioName[];
  /** Requests per second, and the share of them that fails anyway. */
  readonly at: readonly (readonly [rate: number, base: number])[];
  /** Times as many of the canary's requests fail; 1 where nothing is said. */
  readonly times?: number;
  /** Seconds between two looks; each where nothing is said. */
  readonly every?: readonly number[];
  /** The judge, where it is not the one with its defaults. */
  readonly judge?: JudgeName;
  /** The same once more with promotions withheld, at 100 rps and 1 %; reported. */
  readonly patient?: true;
  /** Why the limit is not met, where it was decided not to; it is shown, and reported instead of failed. */
  readonly missed?: string;
}

const RATES_AND_BASES = [10, 100, 1000].flatMap((rate) =>
  [0.001, 0.01].map((base) => [rate, base] as const),
);
const AT_100 = [
  [100, 0.001],
  [100, 0.01],
] as const;
const USUAL = [[100, 0.01]] as const;
const BUSY = [...USUAL, [1000, 0.01]] as const;
const ONE_PERCENT = { of: 'false alarms', most: 0.01 } as const;
const TWO_PERCENT = { of: 'false alarms', most: 0.02 } as const;
const COLD_ERRORS = { before: '5 to 100 %', limit: ONE_PERCENT } as const;
const PAUSES = { limit: ONE_PERCENT, at: BUSY, patient: true } as const;
const HOLDS = { before: '0 to 1 %', limit: ONE_PERCENT } as const;

/** All that real services do to a judge, row by row of the report. */
export const realRows: readonly RealRow[] = [
  {
    ...COLD_ERRORS,
    what: '5 % errors in the new pod’s first 30 s, ready after 20 s',
    scenarios: ['coldErrors20'],
    at: RATES_AND_BASES,
    patient: true,
  },
  {
    ...COLD_ERRORS,
    what: '5 % errors in the new pod’s first 30 s, ready after 5 or 40 s',
    scenarios: ['coldErrors5', 'coldErrors40'],
    at: AT_100,
  },
  {
    what: 'latency x3 in its first 30 s; ready after 5, 20, 40 s',
    before: '3 to 100 %',
    limit: ONE_PERCENT,
    scenarios: ['coldLatency5', 'coldLatency20', 'coldLatency40'],
    at: BUSY,
    patient: true,
  },
  {
    what: 'failures in threes on one pod',
    before: '4 to 11 %',
    limit: ONE_PERCENT,
    scenarios: ['clumps3'],
    at: AT_100,
    patient: true,
  },
  {
    what: 'failures in tens on one pod',
    before: '23 %',
    limit: TWO_PERCENT,
    scenarios: ['clumps10'],
    at: AT_100,
    patient: true,
  },
  {
    what: 'pods’ own error rates, coefficient of variation 0.2',
    before: '12 %',
    limit: ONE_PERCENT,
    scenarios: ['ownRates2'],
    at: BUSY,
    patient: true,
  },
  {
    what: 'pods’ own error rates, coefficient of variation 0.5',
    before: '27 %',
    limit: TWO_PERCENT,
    scenarios: ['ownRates5'],
    at: BUSY,
    patient: true,
  },
  {
    ...PAUSES,
    what: 'pauses of all pods, 0.3 s each minute, at once or each at its own time',
    before: '3.4 %',
    scenarios: ['pausesShared3', 'pausesOwn3'],
  },
  {
    ...PAUSES,
    what: 'pauses of all pods, 1 s each minute, at once or each at its own time',
    before: '22 %',
    scenarios: ['pausesShared10', 'pausesOwn10'],
  },
  {
    what: 'a series that comes and goes on one pod',
    before: '6 %',
    limit: ONE_PERCENT,
    scenarios: ['gaps'],
    at: USUAL,
  },
  {
    what: 'a request counted in two series',
    before: '4 to 13 %',
    limit: ONE_PERCENT,
    scenarios: ['countedTwice'],
    at: AT_100,
  },
  {
    ...HOLDS,
    what: 'traffic x10 within a minute',
    scenarios: ['surge'],
    at: USUAL,
  },
  {
    ...HOLDS,
    what: 'the split changes with every stage, new pods cold or not',
    scenarios: ['split', 'splitCold'],
    at: USUAL,
  },
  {
    ...HOLDS,
    what: 'the clock of the driver is 60 s off, ahead or behind',
    scenarios: ['clockAhead', 'clockBehind'],
    at: USUAL,
  },
  {
    ...HOLDS,
    what: 'hardly any traffic: 0.1 and 1 rps',
    scenarios: ['usual'],
    at: [
      [0.1, 0.01],
      [1, 0.01],
    ],
  },
  {
    what: 'failures in tens, 10 rps',
    before: 'not measured',
    limit: { of: 'false alarms', most: undefined },
    scenarios: ['clumps10'],
    at: [[10, 0.01]],
  },
  {
    what: 'no sample missing: median time to promote',
    before: '0.2 ks',
    limit: { of: 'time to promote', most: undefined },
    scenarios: ['usual'],
    at: USUAL,
    every: [1],
  },
  {
    what: '1 % of samples missing: median time to promote, as a multiple of that with none missing',
    before: '1.1 ks; most never',
    limit: { of: 'time to promote', most: 1.2, than: 'usual' },
    scenarios: ['missing1'],
    at: USUAL,
    every: [1],
  },
  {
    what: '5 % of samples missing: median time to promote, as a multiple of that with none missing',
    before: '1.1 ks; most never',
    limit: { of: 'time to promote', most: 2, than: 'usual' },
    scenarios: ['missing5'],
    at: USUAL,
    every: [1],
  },
  {
    what: 'errors x5 from second 3,600 on: median time until it is found',
    before: '173 s',
    limit: { of: 'time to roll back', most: 40, since: 3600 },
    missed: 'what may begin at any time needs 1.6 times the evidence',
    scenarios: ['lateHour'],
    at: USUAL,
    times: 5,
    every: [1],
    judge: 'patient',
  },
  {
    what: 'errors x5 from second 60 on: median time until it is found',
    before: 'not measured',
    limit: { of: 'time to roll back', most: undefined, since: 60 },
    scenarios: ['lateMinute'],
    at: USUAL,
    times: 5,
    every: [1],
    judge: 'patient',
  },
  {
    what: 'errors x5 from the start: median time until it is found',
    before: '12 s',
    limit: { of: 'time to roll back', most: 20, since: 0 },
    missed: 'a new pod’s failures are borne with for 30 s',
    scenarios: ['usual'],
    at: USUAL,
    times: 5,
    every: [1],
  },
  {
    what: 'broken at 10 rps, new: mean of its failed requests',
    before: '6.8',
    limit: { of: 'failed requests', most: 4.5 },
    scenarios: ['fresh'],
    at: [[10, 0.01]],
    times: Infinity,
    every: [1],
  },
  {
    what: 'broken at 10 rps, under traffic before anyone looked: mean of its failed requests',
    before: '6.8',
    limit: { of: 'failed requests', most: 4.5 },
    missed: 'the first look only gives a baseline',
    scenarios: ['usual'],
    at: [[10, 0.01]],
    times: Infinity,
    every: [1],
  },
];
