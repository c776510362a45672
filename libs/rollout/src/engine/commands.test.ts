import { describe, expect, it } from 'vitest';
import { CANARY, STABLE } from '../testing/objects.ts';
import { begun } from '../testing/world.ts';

describe('commands', () => {
  it.each([true, false])('are taken in within a second (store watched: %s)', async (isWatched) => {
    const world = await begun();
    world.store.isWatched = isWatched;
    world.script = () => 'undecided';
    world.drive();
    // Long after the last watch, load and save, whatever their rhythm is.
    await world.clock.pass(33_333);
    for (const command of ['pause', 'resume', 'freeze'] as const) {
      await world.command(command);
      await world.clock.pass(1000);
      expect((await world.stored()).requests).toEqual([]);
      await world.clock.pass(3210);
    }
  });

  it('a driver asks for them when it is told of a change, and else hardly ever', async () => {
    const loads = async (isWatched: boolean) => {
      const world = await begun({ confirm: true });
      world.store.isWatched = isWatched;
      world.drive();
      await world.clock.pass(200_000);
      let count = 0;
      world.store.before = (access) => (count += access === 'load' ? 1 : 0);
      await world.clock.pass(100_000);
      return count;
    };
    // Of its own saves, which are signs of life every 5 s, it is told as well.
    expect(await loads(true)).toBeLessThan(40);
    expect(await loads(false)).toBeGreaterThan(90);
  });

  it('are taken in where the store could not be reached when it told of them', async () => {
    const world = await begun({ confirm: true });
    world.drive();
    await world.clock.pass(200_000);
    await world.command('pause');
    const { before } = world.store;
    world.store.before = (access) => {
      if (access === 'load') throw new Error('the store does not answer');
    };
    await world.clock.pass(3000);
    world.store.before = before;
    await world.clock.pass(1000);
    expect((await world.stored()).paused).toBeDefined();
  });

  it('pause stops before the next stage, resume goes on', async () => {
    const world = await begun();
    const { done } = world.drive();
    await world.clock.pass(3000);
    await world.command('pause');
    await world.clock.pass(600_000);
    expect(world.split()).toBe('4 + 1');
    await world.command('resume');
    expect(await world.clock.until(done, 600_000)).toMatchObject({ outcome: 'promoted' });
  });

  it('pause does not keep a bad canary; freeze does', async () => {
    for (const [command, split] of [
      ['pause', '4 + -'],
      ['freeze', '4 + 1'],
    ] as const) {
      const world = await begun();
      world.script = (looks) => (looks < 3 ? 'undecided' : 'roll back');
      world.drive();
      await world.clock.pass(10_000);
      await world.command(command);
      await world.clock.pass(120_000);
      expect(world.split()).toBe(split);
    }
  });

  it('a pause is told of where the canary goes back in it', async () => {
    const world = await begun();
    world.drive();
    await world.clock.pass(10_000);
    await world.command('pause', 'x'.repeat(130_000));
    await world.clock.pass(60_000);
    world.script = () => ({ verdict: 'roll back', reason: '2 fails'.padEnd(600, '!') });
    await world.clock.pass(60_000);
    const { history, outcome } = await world.stored();
    expect(outcome).toBe('rolled back');
    const told = history.find(({ what }) => what === 'going back')?.why;
    expect(told).toMatch(/^2 fails!+…, while eve had paused it$/);
  });

  it.each(['pause', 'freeze'] as const)('the time of a %s does not count', async (command) => {
    const world = await begun();
    world.script = () => 'undecided';
    const { done } = world.drive();
    await world.clock.pass(30_000);
    await world.command(command);
    await world.clock.pass(600_000);
    await world.command('resume');
    // The limit of 120 s counts from the step's beginning after 5 s, and 70 s of it are left.
    await world.clock.pass(65_000);
    world.script = () => 'promote';
    expect(await world.clock.until(done, 120_000)).toMatchObject({ outcome: 'promoted' });
  });

  it.each(['pause', 'freeze'] as const)('a %s stops the soak', async (command) => {
    const world = await begun();
    const { done } = world.drive();
    await world.clock.pass(7000);
    await world.command(command);
    await world.clock.pass(600_000);
    await world.command('resume');
    await world.clock.pass(15_000);
    expect(world.split()).toBe('4 + 1');
    await world.clock.pass(5000);
    expect(world.split()).toBe('4 + 4');
    expect(await world.clock.until(done, 120_000)).toMatchObject({ outcome: 'promoted' });
  });

  it.each(['pause', 'freeze'] as const)(
    'a %s stops the time of an observation, and of the judge',
    async (command) => {
      const world = await begun({ observe: { until: 'time', seconds: 60, everySeconds: 5 } });
      const { judge } = world.drive();
      await world.clock.pass(25_000);
      await world.command(command);
      await world.clock.pass(300_000);
      await world.command('resume');
      await world.clock.pass(30_000);
      expect(world.split()).toBe('4 + 1');
      const { stoppedMs = 0, phaseStartedAt } = await world.stored();
      expect(stoppedMs).toBeGreaterThan(295_000);
      expect(judge.contexts.at(-1)?.startedAt).toBe(phaseStartedAt + stoppedMs);
      await world.clock.pass(15_000);
      expect(world.split()).toBe('4 + 4');
    },
  );

  it('the judge looks in a pause, with its clock standing still, and not while frozen', async () => {
    const world = await begun();
    const { judge } = world.drive();
    await world.clock.pass(7000);
    await world.command('pause');
    await world.clock.pass(100_000);
    const { looks } = judge;
    expect(looks).toBeGreaterThan(9);
    const { paused, phaseStartedAt } = await world.stored();
    const { startedAt } = judge.contexts.at(-1)!;
    const lookedAt = (await world.stored()).observation.at!;
    expect(lookedAt - startedAt).toBe(paused!.at - phaseStartedAt);
    await world.command('freeze');
    await world.clock.pass(2000);
    const before = judge.looks;
    await world.clock.pass(100_000);
    expect(judge.looks).toBe(before);
  });

  it.each([
    ['pause', 'NotReady', undefined],
    ['freeze', 'NotReady', undefined],
    ['freeze', 'CrashLoopBackOff', undefined],
    // A pod that cannot start fails by itself: it is no use to wait for anybody.
    ['pause', 'CrashLoopBackOff', 'rolled back'],
  ] as const)('%s: a canary that is %s has ended as %s', async (command, reason, outcome) => {
    const world = await begun({ observe: { until: 'verdict' } });
    world.script = () => 'undecided';
    world.drive();
    await world.clock.pass(20_000);
    await world.command(command);
    await world.clock.pass(2000);
    world.platform.workloads.get(CANARY)?.fare({ reason });
    await world.clock.pass(600_000);
    expect((await world.stored()).outcome).toBe(outcome);
    if (outcome !== undefined) return;
    await world.command('resume');
    const { graceMs, readyMs } = world.plan.limits;
    const left = reason === 'NotReady' ? readyMs : graceMs;
    await world.clock.pass(left - 2000);
    expect((await world.stored()).direction).toBe('forward');
    await world.clock.pass(4000);
    expect((await world.stored()).direction).toBe('back');
  });

  it('promote opens a gate that waits for a person', async () => {
    const world = await begun({ confirm: true });
    const { done } = world.drive();
    await world.clock.pass(600_000);
    expect(world.split()).toBe('4 + 1');
    await world.command('promote');
    await world.clock.pass(10_000);
    expect((await world.stored()).passedFor).toBe('promoted by eve: as told');
    expect(world.split()).toBe('4 + 4');
    expect(await world.clock.until(done, 60_000)).toMatchObject({ outcome: 'promoted' });
  });

  it('promote full passes over everything but the last split', async () => {
    const world = await begun({ canaryReplicas: [1, 2, 3], confirm: true });
    world.script = () => 'undecided';
    const { done } = world.drive();
    await world.clock.pass(7000);
    await world.command('promote full');
    expect(await world.clock.until(done, 60_000)).toMatchObject({
      outcome: 'promoted',
      reason: 'promoted by eve: as told',
    });
    expect(world.changed()).toEqual([`apply ${CANARY}`, `scale ${CANARY} 4`, `remove ${STABLE}`]);
  });

  it('undo brings a retired release back', async () => {
    const world = await begun();
    await world.run();
    await world.command('undo');
    expect(await world.run()).toMatchObject({
      outcome: 'aborted',
      reason: 'undone by eve: as told',
    });
    expect(world.split()).toBe('4 + -');
    expect(world.platform.workloads.get(STABLE)?.readyPods()).toBe(4);
  });

  it('that cannot be followed are refused in the history', async () => {
    const world = await begun();
    world.drive();
    await world.clock.pass(2000);
    for (const command of ['resume', 'promote', 'undo'] as const) await world.command(command);
    await world.clock.pass(2000);
    const { history } = await world.stored();
    expect(history.slice(1).map(({ what, why, refusal }) => [what, why, refusal])).toEqual([
      ['resume', 'eve: as told', 'it is neither paused, frozen nor held'],
      [
        'promote',
        'eve: as told',
        'it waits for replicas, not for a person: promote full passes over all waiting to come',
      ],
      ['undo', 'eve: as told', 'it is not promoted: abort goes back'],
    ]);
  });
});
