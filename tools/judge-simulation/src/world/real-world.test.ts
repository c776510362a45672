import { describe, expect, it } from 'vitest';
import { looks, requestsOf, sampleOf } from '../testing/looks.ts';
import { BOUNDS } from './law.ts';
import { World, type Seen } from './world.ts';

const CANARY = 4;
const BUCKETS = 2;
const failedOf = (seen: Seen, pod: number) => sampleOf(seen, pod)!.values[1]!;
/** Requests slower than a bound, so far. */
const slowerOf = (seen: Seen, pod: number, bound: number) =>
  requestsOf(sampleOf(seen, pod)!) - sampleOf(seen, pod)!.values[BUCKETS + BOUNDS.indexOf(bound)]!;
const shareOfFailures = (seen: readonly Seen[], pods: readonly number[]) => {
  const last = seen.at(-1)!;
  const sum = (of: (pod: number) => number) => pods.reduce((total, pod) => total + of(pod), 0);
  return sum((pod) => failedOf(last, pod)) / sum((pod) => requestsOf(sampleOf(last, pod)!));
};
const ALL = [0, 1, 2, 3, 4];

describe('a new pod', () => {
  const seen = looks({ scenario: 'coldErrors20', rate: 1000 }, 120);

  it('is there from the first look, sampled once its process runs, and ready when it is', () => {
    expect(seen.every(({ look }) => look.there.includes('pod-4'))).toBe(true);
    const first = seen.findIndex((one) => sampleOf(one, CANARY));
    expect(first).toBeGreaterThanOrEqual(15);
    expect(first).toBeLessThanOrEqual(19);
    const readyAt = seen.findIndex((one) => sampleOf(one, CANARY)?.ready);
    expect(readyAt).toBe(20);
    expect(seen.every((one) => sampleOf(one, 0)!.ready)).toBe(true);
    expect(sampleOf(seen[30]!, CANARY)!.startedAt).toBeLessThan(18_001);
  });

  it('gets no request before, and its share after; all pods together get as many as ever', () => {
    expect(requestsOf(sampleOf(seen[20]!, CANARY)!)).toBe(0);
    const share = requestsOf(sampleOf(seen[120]!, CANARY)!) / (200 * 100);
    expect(share).toBeCloseTo(1, 1);
    const before = ALL.slice(0, 4).map((pod) => requestsOf(sampleOf(seen[20]!, pod)!));
    expect(Math.abs(before.reduce((a, b) => a + b) - 20_000)).toBeLessThan(4 * Math.sqrt(20_000));
  });

  it('fails 5 % more in its first 30 s, and no other pod does', () => {
    const cold = failedOf(seen[50]!, CANARY) / requestsOf(sampleOf(seen[50]!, CANARY)!);
    expect(Math.abs(cold - 0.0595)).toBeLessThan(4 * Math.sqrt(0.06 / 6000));
    const later = failedOf(seen[120]!, CANARY) - failedOf(seen[50]!, CANARY);
    expect(Math.abs(later - 140)).toBeLessThan(4 * Math.sqrt(140));
    expect(Math.abs(shareOfFailures(seen, [0, 1, 2, 3]) - 0.01)).toBeLessThan(0.0015);
  });

  it('takes three times as long in its first 30 s, and no longer', () => {
    const slow = looks({ scenario: 'coldLatency5', rate: 1000 }, 120);
    const share = (from: number, to: number) =>
      (slowerOf(slow[to]!, CANARY, 0.25) - slowerOf(slow[from]!, CANARY, 0.25)) /
      (200 * (to - from));
    expect(share(5, 35)).toBeGreaterThan(0.4);
    expect(share(35, 120)).toBeLessThan(0.05);
  });

  it('does no harm by being cold: that is not the release’s', () => {
    const world = new World(
      { rate: 100, base: 0.01, times: 1, latency: 1, scenario: 'coldErrors20' },
      'run',
    );
    expect(world.harmUntil(3600).failed).toBe(0);
    expect(world.harmUntil(3600).requests).toBeCloseTo(20 * 3580, 6);
  });
});

describe('splits that change', () => {
  const seen = looks({ scenario: 'split', rate: 1000 }, 360);

  it('have 1, 2, then 4 canary pods, which share the traffic evenly with the stable ones', () => {
    const pods = (second: number) => seen[second]!.look.there.length;
    expect([pods(0), pods(119), pods(120), pods(240)]).toEqual([5, 5, 6, 8]);
    const since = (pod: number) =>
      requestsOf(sampleOf(seen[360]!, pod)!) - requestsOf(sampleOf(seen[250]!, pod)!);
    for (const pod of [...ALL, 5, 6, 7]) {
      expect(Math.abs(since(pod) - 13_750)).toBeLessThan(5 * Math.sqrt(13_750));
    }
  });
});

describe('clumps', () => {
  it.each([
    ['clumps3', 3],
    ['clumps10', 10],
  ] as const)('of %s come together, and as many requests fail as ever', (scenario, size) => {
    const seen = looks({ scenario }, 1800);
    const share = shareOfFailures(seen, ALL);
    expect(Math.abs(share - 0.01)).toBeLessThan(4 * Math.sqrt((0.01 * size) / 180_000));
    for (const one of seen) for (const pod of ALL) expect(failedOf(one, pod) % size).toBe(0);
  });

  it('are each pod’s own', () => {
    const seen = looks({ scenario: 'clumps10' }, 600);
    const when = (pod: number) =>
      seen.slice(1).flatMap((one, i) => (failedOf(one, pod) > failedOf(seen[i]!, pod) ? [i] : []));
    expect(when(0).filter((second) => when(1).includes(second)).length).toBeLessThan(
      when(0).length / 2,
    );
  });
});

describe('own error rates', () => {
  it('differ by pod, the canary’s too, and by release, around the base', () => {
    const shares = Array.from({ length: 40 }, (_, run) => {
      const last = looks({ scenario: 'ownRates5', base: 0.1 }, 300, `run ${run}`).at(-1)!;
      return ALL.map((pod) => failedOf(last, pod) / requestsOf(sampleOf(last, pod)!));
    });
    const spread = (values: readonly number[]) => {
      const mean = values.reduce((a, b) => a + b) / values.length;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return { mean, variation: Math.sqrt(squares / values.length) / mean };
    };
    for (const values of [shares.flat(), shares.map((one) => one[CANARY]!)]) {
      const { mean, variation } = spread(values);
      expect(Math.abs(mean - 0.1)).toBeLessThan((4 * 0.05) / Math.sqrt(values.length));
      expect(Math.abs(variation - 0.5)).toBeLessThan(0.2);
    }
  });
});

describe('pauses', () => {
  it.each(['pausesShared10', 'pausesOwn10'] as const)('of %s lose no request', (scenario) => {
    const seen = looks({ scenario, rate: 1000 }, 600);
    const requests = ALL.reduce((sum, pod) => sum + requestsOf(sampleOf(seen[600]!, pod)!), 0);
    expect(Math.abs(requests - 600_000)).toBeLessThan(4 * Math.sqrt(600_000) + 1000);
    expect(Math.abs(shareOfFailures(seen, ALL) - 0.01)).toBeLessThan(0.001);
  });

  it('make samples late by what is left of them, at the same time for all pods or each on its own', () => {
    const late = (scenario: 'pausesShared10' | 'pausesOwn10') =>
      looks({ scenario }, 300).map(({ look }) =>
        look.pods.map(({ at }) => at > look.at && at - look.at <= 1030),
      );
    const shared = late('pausesShared10').filter((pods) => pods.some(Boolean));
    expect(shared.length).toBeGreaterThanOrEqual(4);
    expect(shared.length).toBeLessThanOrEqual(6);
    expect(shared.every((pods) => pods.every(Boolean))).toBe(true);
    const own = late('pausesOwn10').filter((pods) => pods.some(Boolean));
    expect(own.every((pods) => pods.filter(Boolean).length < 5)).toBe(true);
    expect(own.length).toBeGreaterThanOrEqual(20);
  });

  it('let what waited be in the late sample or not, and it comes slower by the wait', () => {
    const runs = Array.from({ length: 30 }, (_, run) => {
      const seen = looks({ scenario: 'pausesShared10', rate: 1000 }, 70, `run ${run}`);
      const paused = seen.findIndex(
        ({ look }, i) => i > 1 && look.pods.some((p) => p.at > look.at),
      );
      const slow = (pod: number, i: number) =>
        slowerOf(seen[i]!, pod, 0.5) - slowerOf(seen[i - 1]!, pod, 0.5);
      return ALL.map((pod) => [slow(pod, paused), slow(pod, paused + 1)] as const);
    }).flat();
    expect(runs.every(([within, after]) => within + after > 60)).toBe(true);
    const inSample = runs.filter(([within, after]) => within > after).length;
    expect(inSample / runs.length).toBeGreaterThan(0.35);
    expect(inSample / runs.length).toBeLessThan(0.65);
  });

  it('never show a pod twice at one time, nor go back', () => {
    const seen = looks({ scenario: 'pausesOwn10' }, 600);
    for (const pod of ALL) {
      const times = seen.map((one) => sampleOf(one, pod)!.at);
      expect(times.every((at, i) => i === 0 || at > times[i - 1]!)).toBe(true);
    }
  });
});

describe('samples', () => {
  it('that are missing are said to be unanswered, one in twenty', () => {
    const seen = looks({ scenario: 'missing5' }, 2000);
    const missed = seen.map(({ look }) => look.there.filter((pod) => !namesOf(look).has(pod)));
    expect(seen.map(({ look }) => look.unanswered ?? [])).toEqual(missed);
    expect(Math.abs(missed.flat().length - 500)).toBeLessThan(4 * Math.sqrt(500));
  });

  it('of one pod cannot be used now and then where a series comes and goes', () => {
    const seen = looks({ scenario: 'gaps' }, 1800);
    const missed = seen.flatMap(({ look }) => look.there.filter((pod) => !namesOf(look).has(pod)));
    expect(new Set(missed).size).toBe(1);
    expect(Math.abs(missed.length - 30)).toBeLessThan(4 * Math.sqrt(30));
    expect(seen.every(({ look }) => look.unanswered === undefined)).toBe(true);
  });

  it('count requests twice where they are in two series, and in the histogram once', () => {
    const [, , , values] = looks({ scenario: 'countedTwice' }, 3).map(
      (one) => sampleOf(one, 0)!.values,
    );
    expect(values![0]! % 2).toBe(0);
    expect(values![0]! + values![1]!).toBe(2 * values!.at(-1)!);
  });

  it('have start times of another clock, and times of our own', () => {
    const offset = (scenario: 'clockAhead' | 'clockBehind' | 'fresh') => {
      const sample = sampleOf(looks({ scenario }, 10).at(-1)!, CANARY)!;
      return [sample.startedAt!, sample.at] as const;
    };
    const [start, at] = offset('fresh');
    expect(offset('clockAhead')).toEqual([start + 60_000, at]);
    expect(offset('clockBehind')).toEqual([start - 60_000, at]);
  });

  it('are counted for peers at every tenth second only, and then for all ten', () => {
    const seen = looks({ scenario: 'usual' }, 20);
    expect(seen.flatMap(({ counted, seconds }) => (counted ? [seconds] : []))).toEqual([0, 10, 20]);
    const [at10, at20] = [seen[10]!, seen[20]!].map((one) => requestsOf(sampleOf(one, CANARY)!));
    expect(seen[20]!.counted!.canary.requests).toBe(at20! - at10!);
  });
});

describe('traffic', () => {
  it('grows to ten times as much within a minute', () => {
    const seen = looks({ scenario: 'surge', rate: 100 }, 150);
    const rate = (from: number, to: number) =>
      (requestsOf(sampleOf(seen[to]!, 0)!) - requestsOf(sampleOf(seen[from]!, 0)!)) / (to - from);
    expect(Math.abs(rate(0, 30) - 20)).toBeLessThan(4);
    expect(Math.abs(rate(90, 150) - 200)).toBeLessThan(10);
    expect(Math.abs(rate(30, 90) - 110)).toBeLessThan(8);
  });
});

describe('a canary that is worse later', () => {
  it('is as good before, and its harm begins then', () => {
    const given = { scenario: 'lateMinute', times: 5, rate: 1000 } as const;
    const seen = looks(given, 120);
    expect(Math.abs(failedOf(seen[60]!, CANARY) - 120)).toBeLessThan(4 * Math.sqrt(120));
    const later = failedOf(seen[120]!, CANARY) - failedOf(seen[60]!, CANARY);
    expect(Math.abs(later - 600)).toBeLessThan(4 * Math.sqrt(600));
    const world = new World({ base: 0.01, latency: 1, ...given }, 'run');
    expect(world.harmUntil(60).failed).toBe(0);
    expect(world.harmUntil(70).failed).toBeCloseTo(200 * 10 * 0.04, 6);
  });
});

function namesOf({ pods }: Seen['look']): ReadonlySet<string> {
  return new Set(pods.map(({ pod }) => pod));
}
