import { describe, expect, it } from 'vitest';
import { CANARY, STABLE } from '../testing/objects.ts';
import { begun } from '../testing/world.ts';

describe('commands', () => {
  it('pause stops before the next step, resume goes on', async () => {
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

  it('the time of a pause does not count', async () => {
    const world = await begun();
    world.script = () => 'undecided';
    const { done } = world.drive();
    await world.clock.pass(30_000);
    await world.command('pause');
    await world.clock.pass(600_000);
    await world.command('resume');
    await world.clock.pass(30_000);
    world.script = () => 'promote';
    expect(await world.clock.until(done, 60_000)).toMatchObject({ outcome: 'promoted' });
  });

  it('promote ends a step that waits for a person', async () => {
    const world = await begun({ confirm: true });
    const { done } = world.drive();
    await world.clock.pass(600_000);
    expect(world.split()).toBe('4 + 1');
    await world.command('promote');
    expect(await world.clock.until(done, 60_000)).toMatchObject({
      outcome: 'promoted',
      reason: 'promoted by eve: as told',
    });
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
