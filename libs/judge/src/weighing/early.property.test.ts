import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomial, jointly, type Outcome } from '../testing/enumerate.ts';
import { Judging, type Counted } from '../testing/judging.ts';

const ONE = 1 + 1e-9;
const EVERY = 10;

/** A pod with the times at which it is scraped, and how many requests come in the time between two. */
interface Scraped {
  readonly pod: string;
  readonly scrapes: readonly number[];
  readonly requests: number;
}

/** An outage of all pods between two seconds: what share of requests fails meanwhile, and what otherwise. */
interface Weather {
  readonly from: number;
  readonly to: number;
  readonly during: number;
  readonly otherwise: number;
}

/** What a pod counts from scrape to scrape, and by what law that fails. */
interface Counting {
  readonly pod: string;
  readonly at: number;
  readonly requests: number;
  readonly law: readonly Outcome<number>[];
}

const scraped = (pod: string, first: number, requests: number): Scraped => ({
  pod,
  requests,
  scrapes: [first, first + EVERY, first + 2 * EVERY],
});

/** Requests come evenly, as a Poisson process: any of a window may have come at any of its instants. */
function countingOf(pods: readonly Scraped[], weather: Weather): Counting[] {
  return pods.flatMap(({ pod, scrapes, requests: each }) =>
    scrapes.slice(1).map((at, i) => {
      const from = scrapes[i]!;
      const requests = Math.round((each * (at - from)) / EVERY);
      return { pod, at, requests, law: binomial(requests, failingBetween(from, at, weather)) };
    }),
  );
}

function failingBetween(from: number, to: number, weather: Weather): number {
  const common = Math.max(0, Math.min(to, weather.to) - Math.max(from, weather.from));
  return weather.otherwise + ((weather.during - weather.otherwise) * common) / (to - from);
}

/** The exact expectations, after a look at every scrape, of E and of what was weighed early alone. */
function meansOf(pods: readonly Scraped[], conditions: Weather) {
  const counting = countingOf(pods, conditions);
  const times = [...new Set(pods.flatMap(({ scrapes }) => scrapes))].sort((a, b) => a - b);
  const means = { all: 0, early: 0 };
  const judging = new Judging({ metrics: ['errors'] });
  /** Looks at one scrape after the other, each with all that may have been counted until then. */
  function look(step: number, probability: number, before: Readonly<Record<string, Counted>>) {
    const { state } = judging;
    const now = times[step];
    const due = pods.flatMap(({ pod, scrapes }) => {
      if (!scrapes.includes(now!)) return [];
      return [counting.find((one) => one.pod === pod && one.at === now) ?? firstOf(pod, now!)];
    });
    for (const { value, probability: own } of jointly(due.map(({ law }) => law))) {
      if (own === 0) continue;
      const shown = { ...before };
      due.forEach(({ pod, requests }, i) => {
        const { requests: r = 0, failed: f = 0 } = before[pod] ?? {};
        shown[pod] = { at: now!, requests: r + requests, failed: f + value[i]! };
      });
      judging.state = state;
      const { logE } = judging.look([now! + 0.5, shown]);
      if (step + 1 < times.length) {
        look(step + 1, probability * own, shown);
        continue;
      }
      const { worse } = judging.state.metrics.errors!.early!;
      means.all += probability * own * Math.exp(logE);
      means.early += probability * own * (worse.length === 0 ? 1 : mean(worse.map(Math.exp)));
    }
  }
  look(0, 1, {});
  return means;
}

const firstOf = (pod: string, at: number): Counting => ({
  pod,
  at,
  requests: 0,
  law: binomial(0, 0),
});
const mean = (values: readonly number[]) => values.reduce((a, b) => a + b) / values.length;

const share = fc.double({ min: 0, max: 1, noNaN: true });
const second = fc.double({ min: -12, max: 32, noNaN: true });

const weather = fc.record({ from: second, to: second, during: share, otherwise: share });

const canary = scraped('c', 0, 3);
const phases: Record<string, readonly Scraped[]> = {
  'one of two pods scraped just before the canary': [
    canary,
    scraped('s1', -3, 3),
    scraped('s2', 5, 1),
  ],
  'two of three pods scraped a moment before the canary': [
    scraped('c', 0, 2),
    scraped('s1', -0.2, 2),
    scraped('s2', -0.3, 2),
    scraped('s3', 4, 1),
  ],
  'no pod scraped just before it, one of two soonest after it': [
    canary,
    scraped('s1', 4, 3),
    scraped('s2', 6, 1),
  ],
  'a pod that is first seen within the canary’s window, and near its end later on': [
    canary,
    scraped('s1', 7, 3),
  ],
  'a chosen pod that misses a scrape': [
    canary,
    { pod: 's1', requests: 3, scrapes: [-3, 17, 27] },
    scraped('s2', 5, 1),
  ],
  'a chosen pod that is not scraped any more': [
    canary,
    { pod: 's1', requests: 3, scrapes: [-3, 7] },
    scraped('s2', 5, 1),
  ],
  'a pod that is scraped half as often': [
    canary,
    { pod: 's1', requests: 3, scrapes: [-11, 9, 29] },
    scraped('s2', 5, 1),
  ],
};

describe('what is weighed early, from looks to the sum', () => {
  it.each(Object.entries(phases))(
    'has an expectation of at most 1 with %s',
    (_, pods) => {
      fc.assert(
        fc.property(weather, (failing) => {
          expect(meansOf(pods, failing).early).toBeLessThanOrEqual(ONE);
        }),
        { numRuns: 10, endOnFailure: true },
      );
    },
    60_000,
  );

  it.each(Object.entries(phases))(
    'leaves that of E at most 1 with %s',
    (_, pods) => {
      fc.assert(
        fc.property(share, (p) => {
          expect(
            meansOf(pods, { from: 0, to: 0, during: p, otherwise: p }).all,
          ).toBeLessThanOrEqual(ONE);
        }),
        { numRuns: 5, endOnFailure: true },
      );
    },
    60_000,
  );

  it('has it for outages that only the canary’s last sample shows, or that fill its window', () => {
    const outages = [
      [7, 40],
      [8, 40],
      [9, 40],
      [18, 40],
      [0, 10],
      [10, 20],
    ] as const;
    for (const [from, to] of outages) {
      for (const [during, otherwise] of [
        [1, 0],
        [0.6, 0],
        [0.9, 0.2],
      ] as const) {
        for (const pods of Object.values(phases)) {
          expect(meansOf(pods, { from, to, during, otherwise }).early).toBeLessThanOrEqual(ONE);
        }
      }
    }
  }, 60_000);

  it('says something, where the canary alone fails', () => {
    for (const pods of Object.values(phases).slice(0, 3)) {
      const judging = new Judging({ metrics: ['errors'] });
      const times = [...new Set(pods.flatMap(({ scrapes }) => scrapes))].sort((a, b) => a - b);
      for (const now of times) {
        const shown = pods.flatMap(({ pod, scrapes }) => {
          const at = scrapes.findLast((time) => time <= now);
          if (at === undefined) return [];
          const requests = 50 * (1 + scrapes.indexOf(at));
          return [[pod, { at, requests, failed: pod === 'c' ? requests : 0 }] as const];
        });
        judging.look([now, Object.fromEntries(shown)]);
      }
      expect(mean(judging.state.metrics.errors!.early!.worse)).toBeGreaterThan(20);
    }
  });
});
