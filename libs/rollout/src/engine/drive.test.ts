import { describe, expect, it } from 'vitest';
import type { Platform, Pod, Workload } from '../ports/platform.ts';
import { CANARY, STABLE } from '../testing/objects.ts';
import { begun } from '../testing/world.ts';

describe('a release that goes well', () => {
  it("is the article's: 4, 4 + 1, 4 + 4, each observed, then v1 retires", async () => {
    const world = await begun();
    const record = await world.run();
    expect(record.outcome).toBe('promoted');
    expect(world.changed()).toEqual([`apply ${CANARY}`, `scale ${CANARY} 4`, `remove ${STABLE}`]);
    expect(world.split()).toBe('- + 4');
    expect(record.history.map(({ what, why }) => `${what} <- ${why}`)).toMatchInlineSnapshot(`
      [
        "stage 1 of 3: scale to 4 stable and 1 canary <- started",
        "stage 1 of 3: observe until a verdict <- 4 + 1 replicas are ready",
        "stage 2 of 3: scale to 4 stable and 4 canary <- look 3 says promote",
        "stage 2 of 3: observe at full size until a verdict <- 4 + 4 replicas are ready",
        "stage 3 of 3: remove the stable workload <- look 8 says promote",
        "promoted <- myapp-v1 is gone, the canary has all traffic",
      ]
    `);
    expect(record.reason).toBe('look 8 says promote');
    expect(record.driver).toBeUndefined();
  });

  it('keeps to a surge of one, and to the ready replicas', async () => {
    const world = await begun({ stableReplicas: 5, weights: [10, 50, 100], maxSurge: 1 });
    const record = await world.run();
    expect(record.outcome).toBe('promoted');
    expect(world.split()).toBe('- + 5');
    for (const { ready, asked } of world.platform.changes) {
      expect(asked).toBeLessThanOrEqual(6);
      expect(ready[1]).toBeGreaterThanOrEqual(5);
    }
  });

  it('goes through 1 of 5, 2 of 6 and 4 of 8', async () => {
    const world = await begun({ canaryReplicas: [1, 2, 4] });
    const record = await world.run();
    expect(record.outcome).toBe('promoted');
    expect(world.changed()).toEqual([
      `apply ${CANARY}`,
      `scale ${CANARY} 2`,
      `scale ${CANARY} 4`,
      `remove ${STABLE}`,
    ]);
  });

  it('acts on what the watch tells, and waits for nothing else', async () => {
    const world = await begun();
    const startedAt = world.clock.now();
    world.drive();
    await world.clock.when(() => world.platform.workloads.get(CANARY)?.readyPods() === 1);
    expect(world.clock.now() - startedAt).toBe(world.platform.fortune.readyMs + 5);
    await world.clock.pass(25_000);
    expect(world.split()).toBe('4 + 4');
  });
});

describe('a canary that fails', () => {
  it.each(['ImagePullBackOff', 'CrashLoopBackOff'])(
    'is rolled back on %s before the deadline, and the reason named',
    async (reason) => {
      const world = await begun();
      world.platform.health.set('2', { reason, message: 'back-off' });
      const startedAt = world.clock.now();
      const record = await world.run();
      expect(record).toMatchObject({
        outcome: 'rolled back',
        reason: `${CANARY}: 0 of 1 replicas ready: ${CANARY}-1: ${reason}: back-off (waited 20 s)`,
      });
      expect(world.clock.now() - startedAt).toBeLessThan(30_000);
      expect(world.split()).toBe('4 + -');
    },
  );

  it.each([
    ['pods "x" is forbidden: violates PodSecurity "restricted:latest"', 'rolled back', 20],
    ['pods "x" is forbidden: exceeded quota: few, used: pods=4', 'timed out', 120],
  ])('whose pods are not made ("%s") is %s after %i s', async (message, outcome, seconds) => {
    const world = await begun();
    world.platform.health.set('2', { reason: 'FailedCreate', message });
    const startedAt = world.clock.now();
    const record = await world.run();
    expect(record.outcome).toBe(outcome);
    expect(record.reason).toContain(`FailedCreate: ${message}`);
    expect(world.clock.now() - startedAt).toBeGreaterThanOrEqual(seconds * 1000);
    expect(world.clock.now() - startedAt).toBeLessThan(seconds * 1000 + 10_000);
    expect(world.split()).toBe('4 + -');
  });

  it('goes on beside what is left of a pod that was evicted', async () => {
    const world = await begun();
    const evicted = { phase: 'Failed', ready: false, reason: 'Evicted' } as const;
    const { done } = world.drive({ platform: leaving(world.platform, evicted) });
    expect(await world.clock.until(done, 600_000)).toMatchObject({ outcome: 'promoted' });
  });

  it('is rolled back at the deadline where its probe never passes', async () => {
    const world = await begun();
    world.platform.health.set('2', { reason: 'NotReady', message: 'probe: 503' });
    const record = await world.run();
    expect(record).toMatchObject({ outcome: 'timed out' });
    expect(record.reason).toContain('NotReady: probe: 503 after 120 s');
    expect(world.split()).toBe('4 + -');
  });

  it('is rolled back where it begins to crash while it is observed', async () => {
    const world = await begun();
    world.script = () => 'undecided';
    const { done } = world.drive();
    await world.clock.pass(20_000);
    world.platform.workloads.get(CANARY)?.fare({ reason: 'CrashLoopBackOff' });
    expect(await world.clock.until(done, 60_000)).toMatchObject({ outcome: 'rolled back' });
  });

  it('goes on where one of its pods was killed and another takes its place', async () => {
    const world = await begun();
    world.script = (looks) => (looks < 5 ? 'undecided' : 'promote');
    const { done } = world.drive();
    await world.clock.pass(20_000);
    world.platform.workloads.get(CANARY)?.kill();
    expect(await world.clock.until(done, 600_000)).toMatchObject({ outcome: 'promoted' });
  });

  it('is rolled back on the verdict, and the figures are kept', async () => {
    const world = await begun();
    world.script = (looks) => (looks < 3 ? 'undecided' : 'roll back');
    const record = await world.run();
    expect(record).toMatchObject({ outcome: 'rolled back', reason: 'look 3 says roll back' });
    expect(record.history.find(({ what }) => what === 'going back')?.figures).toEqual({
      'stable ready': 4,
      'stable replicas': 4,
      'canary ready': 1,
      'canary replicas': 1,
      'requests 1': 240,
      'requests 2': 60,
      E: 3,
    });
  });
});

/** The platform, with one more pod of each workload that is but a record. */
function leaving(platform: Platform, left: Partial<Pod>): Platform {
  const withLeft = (workloads: readonly Workload[]) =>
    workloads.map((workload) => {
      const [pod] = workload.pods;
      const pods = pod ? [...workload.pods, { ...pod, ...left, name: 'left' }] : workload.pods;
      return { ...workload, pods };
    });
  return {
    apply: (objects) => platform.apply(objects),
    list: async (selector) => withLeft(await platform.list(selector)),
    scale: (workload, replicas) => platform.scale(workload, replicas),
    setTemplate: (workload, template, uid) => platform.setTemplate(workload, template, uid),
    remove: (workload) => platform.remove(workload),
    watch: async function* (selector, signal) {
      for await (const workloads of platform.watch(selector, signal)) yield withLeft(workloads);
    },
  };
}

const COULD = { verdict: 'undecided', couldPromote: true } as const;

describe('a verdict that does not come', () => {
  it.each([
    ['undecided', 'hold', 'held'],
    ['undecided', 'promote', 'held'],
    [COULD, 'promote', 'promoted'],
    [COULD, 'hold', 'held'],
    [{ ...COULD, couldPromote: false }, 'promote', 'held'],
    ['no data', 'promote', 'held'],
    ['undecided', 'rollback', 'timed out'],
  ] as const)('%j until the limit, then %s: %s', async (line, onTimeout, outcome) => {
    const world = await begun({ observe: { until: 'verdict', limitSeconds: 90, onTimeout } });
    world.script = () => line;
    expect(await world.run()).toMatchObject({ outcome });
  });

  it('is not waited for where a gate is one of time', async () => {
    const world = await begun({ observe: { until: 'time', seconds: 30 } });
    world.script = () => 'no data';
    const record = await world.run();
    expect(record.outcome).toBe('promoted');
    expect(record.history[2]?.why).toBe('30 s have passed, look 4 says no data');
  });

  it('is held where looking failed since it could have been promoted', async () => {
    const observe = { until: 'verdict', limitSeconds: 90, onTimeout: 'promote' } as const;
    const world = await begun({ observe });
    world.script = (looks) => (looks < 3 ? COULD : new Error('prometheus is down'));
    expect(await world.run()).toMatchObject({ outcome: 'held', stage: 0, atGate: true });
  });

  it('is held where looking fails until the limit', async () => {
    const world = await begun();
    world.script = () => new Error('prometheus is down');
    const record = await world.run();
    expect(record).toMatchObject({ outcome: 'held' });
    expect(record.reason).toContain('prometheus is down');
  });
});

describe('the judge', () => {
  it('keeps its sums from stage to stage and from driver to driver', async () => {
    const world = await begun({ canaryReplicas: [1, 2] });
    const first = world.drive();
    await world.clock.pass(17_000);
    expect(first.judge.looks).toBe(2);
    first.kill();
    const second = world.drive({ whenHeld: 'take over', holder: 'eve@desk:2' });
    await world.clock.until(second.done, 600_000);
    expect(second.judge.contexts.map(({ stage }) => stage)).toEqual([0, 1, 1, 2, 2]);
    expect(second.judge.looks).toBe((await world.stored()).observation.number);
  });

  it('begins anew where its saved sums are of another shape, and says so', async () => {
    const world = await begun();
    const first = world.drive();
    first.judge.state = () => ['of', 'another', 'version'];
    await world.clock.pass(17_000);
    first.kill();
    const second = world.drive({ whenHeld: 'take over', holder: 'eve@desk:2' });
    const { outcome, history } = await world.clock.until(second.done, 600_000);
    expect(outcome).toBe('promoted');
    expect(history.find(({ what }) => what === 'the judge begins anew')?.why).toBe(
      'its saved sums cannot be read: the sums have no number of looks',
    );
    expect(second.judge.looks).toBeGreaterThan(3);
  });
});
