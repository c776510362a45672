import { describe, expect, it } from 'vitest';
import type { ScenarioName } from './scenarios.ts';
import type { Situation } from './situation.ts';
import { World, type Seen } from './world.ts';

const SITUATION: Situation = {
  rate: 100,
  base: 0.01,
  times: 1,
  latency: 1,
  scenario: 'independent',
};

function hour(given: Partial<Situation>, name = 'run'): { seen: Seen[]; world: World } {
  const world = new World({ ...SITUATION, ...given }, name);
  const seen = Array.from({ length: 361 }, (_, look) => world.look(look * 10).at(-1)!);
  return { seen, world };
}

const sum = (seen: readonly Seen[], of: (one: Seen) => number) =>
  seen.reduce((total, one) => total + of(one), 0);
const podOf = ({ look }: Seen, pod: number) => look.pods.find((one) => one.pod === `pod-${pod}`);

describe('World', () => {
  it('depends on nothing but the name of the run', () => {
    expect(hour({}, 'a').seen).toEqual(hour({}, 'a').seen);
    expect(hour({}, 'a').seen).not.toEqual(hour({}, 'b').seen);
  });

  it('sends a fifth of the requests to the canary, and fails as many as it should', () => {
    const { seen } = hour({ times: 5 });
    const requests = sum(seen, ({ counted }) => counted!.canary.requests);
    expect(Math.abs(requests - 72_000)).toBeLessThan(4 * Math.sqrt(72_000));
    expect(Math.abs(sum(seen, ({ counted }) => counted!.canary.failed) - 3600)).toBeLessThan(240);
    expect(Math.abs(sum(seen, ({ counted }) => counted!.twin.failed) - 720)).toBeLessThan(110);
  });

  it('has every request of a broken canary fail, and expects the harm', () => {
    const { seen, world } = hour({ times: Infinity, rate: 10 });
    expect(seen.every(({ counted }) => counted!.canary.failed === counted!.canary.requests)).toBe(
      true,
    );
    expect(world.harmUntil(3600).failed).toBeCloseTo(7200 * 0.99, -2);
  });

  it('begins with counters at zero, and counts every request in one bucket', () => {
    const { seen } = hour({});
    for (const { values } of seen[0]!.look.pods)
      expect(values.every((one) => one === 0)).toBe(true);
    for (const { values } of seen[360]!.look.pods) {
      expect(values.at(-1)).toBe(values[0]! + values[1]!);
    }
  });

  it('samples all pods at once, or each at its phase', () => {
    const spread = (scenario: ScenarioName) => {
      const times = hour({ scenario }).seen[7]!.look.pods.map(({ at }) => at);
      return Math.max(...times) - Math.min(...times);
    };
    expect(spread('independent')).toBeLessThan(20);
    expect(spread('outagePhases')).toBeGreaterThan(1000);
    expect(spread('outageUnseen')).toBe(0);
  });

  it('shows a scrape at a phase in the second after it, and the others’ newest beside it', () => {
    const world = new World({ ...SITUATION, scenario: 'outagePhases' }, 'run');
    const [first] = world.look(0);
    const looks = world.look(10);
    const before = new Map(first!.look.pods.map(({ pod, at }) => [pod, at]));
    const shown = new Set<number>();
    for (const { seconds, look, counted } of looks) {
      expect(counted === undefined).toBe(seconds < 10);
      const fresh = look.pods.filter(({ pod, at }) => at !== before.get(pod));
      expect(fresh.every(({ at }) => at <= look.at)).toBe(true);
      for (const { at } of fresh) {
        if (!shown.has(at)) expect(look.at - at).toBeLessThan(seconds < 10 ? 1000 : 2000);
        shown.add(at);
      }
    }
    expect(shown.size).toBe(5);
  });

  it('counts harm to the second, sampled or not', () => {
    const { world } = hour({ times: Infinity, rate: 10 });
    expect(world.harmUntil(12.5).failed - world.harmUntil(11).failed).toBeCloseTo(2.97, 9);
  });

  it('leaves out one sample in twenty, and what was missed comes with the next', () => {
    const { seen } = hour({ scenario: 'missing' });
    const samples = sum(seen, ({ look }) => look.pods.length);
    expect(Math.abs(samples - 0.95 * 361 * 5)).toBeLessThan(4 * Math.sqrt(0.05 * 361 * 5));
    const last = seen.findLast((one) => podOf(one, 4))!;
    const [answered, failed] = podOf(last, 4)!.values;
    expect(sum(seen, ({ counted }) => counted!.canary.requests)).toBe(answered! + failed!);
  });

  it('restarts pods, whose counters begin at zero then', () => {
    const { seen } = hour({ scenario: 'restarts' });
    const starts = new Set(seen.map((one) => podOf(one, 0)!.startedAt));
    expect(starts.size).toBeGreaterThan(1);
    const falls = seen.filter(
      (one, i) => i > 0 && podOf(one, 0)!.values[0]! < podOf(seen[i - 1]!, 0)!.values[0]!,
    );
    expect(falls).toHaveLength(starts.size - 1);
  });

  it('has a minute of outage on all pods in a shared outage', () => {
    const { seen } = hour({ scenario: 'outageAtOnce' });
    const bad = (of: (one: Seen) => { readonly failed: number; readonly requests: number }) =>
      seen.flatMap((one, i) => (of(one).failed > 0.15 * of(one).requests ? [i] : []));
    expect(bad(({ counted }) => counted!.canary).length).toBeGreaterThanOrEqual(6);
    expect(bad(({ counted }) => counted!.canary)).toEqual(bad(({ counted }) => counted!.twin));
  });
});
