import type { Arriving } from './arrivals.ts';
import { PLAIN, type Scenario } from './scenario.ts';
import { ownPauses, sharedPauses, surge, worseFrom } from './services.ts';

const COLD_SECONDS = 30;
const COLD_ERRORS = { seconds: COLD_SECONDS, errors: 0.05, slower: 1 } as const;
const COLD_LATENCY = { seconds: COLD_SECONDS, errors: 0, slower: 3 } as const;
const STAGE_SECONDS = 120;

/** What services do that are real: one thing each, and the judge of libs/judge alone. */
export const realScenarios = {
  usual: { ...PLAIN, title: 'nothing in particular', describes: 'requests fail independently' },
  fresh: {
    ...PLAIN,
    title: 'a new pod',
    describes: 'the canary is ready 5 s after the first look, and not cold',
    arriving: [{ createdAt: 0, readyAfter: 5 }],
  },
  coldErrors5: coldErrors(5),
  coldErrors20: coldErrors(20),
  coldErrors40: coldErrors(40),
  coldLatency5: coldLatency(5),
  coldLatency20: coldLatency(20),
  coldLatency40: coldLatency(40),
  clumps3: clumps(3),
  clumps10: clumps(10),
  ownRates2: ownRates(0.2),
  ownRates5: ownRates(0.5),
  pausesShared3: pauses(0.3, 'shared'),
  pausesShared10: pauses(1, 'shared'),
  pausesOwn3: pauses(0.3, 'own'),
  pausesOwn10: pauses(1, 'own'),
  gaps: {
    ...PLAIN,
    title: 'a series comes and goes',
    describes: 'one pod, any of the five, gives no usable sample once a minute on average',
    gaps: 1 / 60,
  },
  countedTwice: {
    ...PLAIN,
    title: 'requests counted twice',
    describes: 'every request of both releases is counted in two series',
    countedTimes: 2,
  },
  surge: {
    ...PLAIN,
    title: 'traffic x10',
    describes: 'traffic grows to ten times as much from second 30 to 90',
    weather: surge(10, [30, 90]),
  },
  split: {
    ...PLAIN,
    title: 'split changes',
    describes: 'the canary has 1, 2, then 4 pods, a stage every 2 min, each ready after 5 s',
    arriving: stages(5),
  },
  splitCold: {
    ...PLAIN,
    title: 'split changes, cold',
    describes: 'the same, and 5 % of the requests to a new pod fail in its first 30 s',
    arriving: stages(5),
    cold: COLD_ERRORS,
  },
  clockAhead: clock(60),
  clockBehind: clock(-60),
  missing1: missing(0.01),
  missing5: missing(0.05),
  lateMinute: late(60, 3600),
  lateHour: late(3600, 7200),
} as const satisfies Record<string, Scenario>;

export type RealScenarioName = keyof typeof realScenarios;

function coldErrors(readyAfter: number) {
  return {
    ...PLAIN,
    title: `cold errors, ready after ${readyAfter} s`,
    describes: `5 % of the requests to the new pod fail in its first 30 s after it is ready, ${readyAfter} s after the first look`,
    arriving: [{ createdAt: 0, readyAfter }],
    cold: COLD_ERRORS,
  };
}

function coldLatency(readyAfter: number) {
  return {
    ...PLAIN,
    title: `cold latency, ready after ${readyAfter} s`,
    describes: `the new pod takes three times as long in its first 30 s after it is ready, ${readyAfter} s after the first look`,
    arriving: [{ createdAt: 0, readyAfter }],
    cold: COLD_LATENCY,
  };
}

function clumps(clump: 3 | 10) {
  const size = { 3: 'threes', 10: 'tens' }[clump];
  return {
    ...PLAIN,
    title: `failures in ${size}`,
    describes: `failures come in ${size} at one instant on one pod, any pod, as often less`,
    clump,
  };
}

function ownRates(variation: number) {
  return {
    ...PLAIN,
    title: `own error rates, ${variation}`,
    describes: `every pod has its own error rate, with a coefficient of variation of ${variation}`,
    ownRates: variation,
  };
}

function pauses(lasting: number, whose: 'shared' | 'own') {
  const kind = { shared: sharedPauses, own: ownPauses }[whose];
  const which = { shared: 'all pods at once', own: 'each pod at its own time' }[whose];
  return {
    ...PLAIN,
    title: `pauses of ${lasting} s, ${whose}`,
    describes: `once a minute ${which} answer nothing for ${lasting} s, samples neither`,
    weather: kind({ apart: 60, lasting }),
  };
}

function clock(seconds: number) {
  const where = seconds > 0 ? 'behind' : 'ahead';
  return {
    ...PLAIN,
    title: `clock 60 s ${where}`,
    describes: `the clock of whoever looks is 60 s ${where} of the pods' clocks; the canary is ready after 5 s`,
    arriving: [{ createdAt: 0, readyAfter: 5 }],
    clockAheadSeconds: seconds,
  };
}

function missing(share: number) {
  return {
    ...PLAIN,
    title: `${100 * share} % of samples missing`,
    describes: `each sample of a pod gets no answer with a probability of ${100 * share} %`,
    missing: share,
    saysUnanswered: true,
  };
}

function late(seconds: number, lastLook: number) {
  return {
    ...PLAIN,
    title: `from second ${seconds.toLocaleString('en')} on`,
    describes: `a canary that is worse is so from second ${seconds.toLocaleString('en')} on only`,
    weather: worseFrom(seconds),
    lastLook,
  };
}

function stages(readyAfter: number): readonly Arriving[] {
  return [0, 1, 2, 2].map((stage) => ({ createdAt: stage * STAGE_SECONDS, readyAfter }));
}
