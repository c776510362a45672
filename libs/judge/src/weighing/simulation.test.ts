import { expect, it } from 'vitest';
import { Judging, type Counted } from '../testing/judging.ts';
import { poisson, seeded } from '../testing/poisson.ts';

interface World {
  /** Requests of a pod per second. */
  readonly rps: number;
  /** Share of requests that fail in the second given, whatever the release. */
  readonly failing: (second: number) => number;
  /** Seconds that each pod is sampled later than the first. */
  readonly phases: readonly number[];
}

/** Whether a canary that is no worse is ever rolled back within ten minutes of samples every 10 s. */
function isRolledBack(judging: Judging, world: World, random: () => number): boolean {
  const pods = new Map<string, { requests: number; failed: number; at: number }>();
  const sampled = (pod: string, until: number): Counted => {
    const counted = pods.get(pod) ?? { requests: 0, failed: 0, at: 0 };
    for (; counted.at < until; counted.at++) {
      const failing = world.failing(counted.at);
      const failed = poisson(world.rps * failing, random);
      counted.failed += failed;
      counted.requests += failed + poisson(world.rps * (1 - failing), random);
    }
    pods.set(pod, counted);
    return { ...counted };
  };
  for (let at = 20; at <= 600; at += 10) {
    const names = ['c', 's1', 's2', 's3', 's4'].slice(0, world.phases.length);
    const shown = names.map((pod, i) => [pod, sampled(pod, at - world.phases[i]!)] as const);
    if (judging.look([at, Object.fromEntries(shown)]).verdict === 'roll back') return true;
  }
  return false;
}

function rolledBack(runs: number, run: (random: () => number) => boolean): number {
  return Array.from({ length: runs }, (_, i) => run(seeded(i + 1))).filter(Boolean).length;
}

it('rolls hardly any canary back that is as good as the stable release', () => {
  const world = { rps: 5, failing: () => 0.02, phases: [0, 0, 0, 0, 0] };
  // Ten times the default error budget, so that there is something to see in so few runs.
  const options = { metrics: ['errors'], alpha: 0.1 } as const;
  const count = rolledBack(40, (random) => isRolledBack(new Judging(options), world, random));
  expect(count).toBeLessThanOrEqual(6);
});

it('does not take an outage of both for one of the canary where samples differ in phase', () => {
  const failing = (second: number) => (second >= 233 && second < 293 ? 0.9 : 0.001);
  const count = (skewMs: number, pods: number) =>
    rolledBack(20, (random) => {
      const phases = Array.from({ length: pods }, () => Math.floor(random() * 10));
      const judging = new Judging({ metrics: ['errors'], skewMs });
      return isRolledBack(judging, { rps: 20, failing, phases }, random);
    });
  expect(count(100, 5)).toBe(0);
  expect(count(100, 2)).toBe(0);
  // Were the samples taken for ones of one instant, it would happen; several stable pods show the spread.
  expect(count(9_500, 2)).toBeGreaterThanOrEqual(4);
});
