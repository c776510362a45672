import { describe, expect, it } from 'vitest';
import { begun } from '../testing/world.ts';

describe('a canary that goes bad', () => {
  /** Says that all is well until the split is reached, and from then on that it is not. */
  const badFrom = (world: Awaited<ReturnType<typeof begun>>, split: string) => () =>
    world.split() === split ? 'roll back' : 'promote';

  it.each([
    ['one replica', { stableReplicas: 1, canaryReplicas: [1] }, '1 + 1'],
    ['all at once', { canaryReplicas: [4] }, '4 + 4'],
    ['all of the traffic', { weights: [100] }, '1 + 4'],
    ['the last of several splits', { canaryReplicas: [1, 2, 4] }, '4 + 4'],
    ['a surge of one', { canaryReplicas: [1], maxSurge: 1 }, '1 + 4'],
    ['an observation for a time', { observe: { until: 'time', seconds: 20 } }, '4 + 4'],
  ] as const)('at full size is rolled back: %s', async (_, wish, split) => {
    const world = await begun(wish);
    world.script = badFrom(world, split);
    const record = await world.run();
    expect(record.outcome).toBe('rolled back');
    expect(world.split()).toBe(`${world.plan.stableReplicas} + -`);
    for (const { ready } of world.platform.changes) {
      expect(ready[1]).toBeGreaterThanOrEqual(world.plan.limits.minReady);
    }
  });

  it('in the middle of the bake is rolled back, and no sooner promoted than it is over', async () => {
    const world = await begun();
    const { done } = world.drive();
    const bakes = async () => {
      const { stage, atGate } = await world.stored();
      return stage === 1 && atGate;
    };
    while (!(await bakes())) await world.clock.pass(1000);
    await world.clock.pass(25_000);
    expect(world.split()).toBe('4 + 4');
    world.script = () => 'roll back';
    expect(await world.clock.until(done, 60_000)).toMatchObject({ outcome: 'rolled back' });
  });

  it('while a stage becomes ready is rolled back before it is', async () => {
    const world = await begun({ canaryReplicas: [3], maxSurge: 1 }, { readyMs: 40_000 });
    world.script = () => 'roll back';
    const record = await world.run();
    expect(record.outcome).toBe('rolled back');
    expect(record.history.map(({ what }) => what.replace(/:.*/, ''))).toEqual([
      'stage 1 of 3',
      'going back',
      'rolled back',
    ]);
  });

  it('while a person is asked is rolled back, and the person is told', async () => {
    const world = await begun({ confirm: true });
    const { done } = world.drive();
    await world.clock.pass(300_000);
    expect(world.split()).toBe('4 + 1');
    world.script = () => ({ verdict: 'roll back', reason: '2 fails' });
    const record = await world.clock.until(done, 60_000);
    expect(record).toMatchObject({ outcome: 'rolled back', reason: '2 fails' });
    expect(record.history.find(({ what }) => what === 'going back')?.why).toBe(
      '2 fails, while it waited for a person',
    );
  });

  it('is not looked at while none of its pods is ready', async () => {
    const world = await begun({}, { readyMs: 60_000 });
    const { judge } = world.drive();
    await world.clock.pass(59_000);
    expect(judge.looks).toBe(0);
    await world.clock.pass(2000);
    expect(judge.looks).toBe(1);
  });
});

describe('a verdict to hold', () => {
  it('is passed over while a person is asked, and counts in the observation that follows', async () => {
    const world = await begun({ confirm: true });
    const { done } = world.drive();
    await world.clock.pass(60_000);
    world.script = () => 'hold';
    await world.clock.pass(60_000);
    expect((await world.stored()).outcome).toBeUndefined();
    await world.command('promote');
    expect(await world.clock.until(done, 60_000)).toMatchObject({ outcome: 'held' });
    expect(world.split()).toBe('4 + 4');
  });
});
