import { describe, expect, it } from 'vitest';
import { CANARY, STABLE } from '../testing/objects.ts';
import type { World } from '../testing/world.ts';
import { begun } from '../testing/world.ts';

const IN_PLACE = { takeOver: 'in place', bakeSeconds: 10 } as const;
const template = ({ platform }: World) =>
  (platform.workloads.get(STABLE)?.object['spec'] as { readonly template: unknown }).template;
const image = (world: World) => /myapp:\d/.exec(JSON.stringify(template(world)))?.[0];
const pods = ({ platform }: World) => platform.workloads.get(STABLE)!.pods;
const generation = ({ platform }: World) =>
  platform.snapshot().find(({ ref }) => ref.name === STABLE)?.generation;

describe('a release in place', () => {
  it('ends with the stable workload of the new template, in full, and the canary gone', async () => {
    const world = await begun(IN_PLACE);
    const record = await world.run();
    expect(record.history.map(({ what, why }) => `${what} <- ${why}`)).toEqual([
      'stage 1 of 3: scale to 1 canary <- started',
      'stage 1 of 3: observe until a verdict <- 1 canary replica is ready',
      'stage 2 of 3: the stable workload takes the template over <- look 3 says promote',
      'stage 2 of 3: observe at full size for 10 s <- myapp-v1 has taken the template over',
      'stage 3 of 3: remove the canary workload <- 10 s have passed, look 8 says promote',
      'promoted <- myapp-v1 has all traffic, the canary is gone',
    ]);
    expect([world.split(), image(world)]).toEqual(['4 + -', 'myapp:2']);
    expect(world.changed()).toEqual(['apply myapp-v2', 'template myapp-v1', 'remove myapp-v2']);
  });

  it.each([1, 2, 3])(
    'leaves the stable workload alone where look %d says roll back',
    async (bad) => {
      const world = await begun(IN_PLACE);
      const before = JSON.stringify([template(world), generation(world), pods(world)]);
      world.script = (looks) => (looks < bad ? 'undecided' : 'roll back');
      expect(await world.run()).toMatchObject({ outcome: 'rolled back' });
      expect(JSON.stringify([template(world), generation(world), pods(world)])).toBe(before);
      expect(world.split()).toBe('4 + -');
    },
  );

  it('puts its own template back where it fails during the take-over', async () => {
    const world = await begun(IN_PLACE);
    const { done } = world.drive();
    while (image(world) !== 'myapp:2') await world.clock.pass(500);
    await world.clock.pass(7000);
    world.script = () => 'roll back';
    expect(await world.clock.until(done, 600_000)).toMatchObject({ outcome: 'rolled back' });
    expect([world.split(), image(world)]).toEqual(['4 + -', 'myapp:1']);
    expect(pods(world).every(({ ready }) => ready)).toBe(true);
  });

  it('goes back where the new template cannot start on the stable workload', async () => {
    const world = await begun(IN_PLACE);
    const { done } = world.drive();
    while ((await world.stored()).stage < 1) await world.clock.pass(500);
    world.platform.health.set('2', { reason: 'ImagePullBackOff', message: 'no such image' });
    const record = await world.clock.until(done, 600_000);
    expect(record.outcome).toBe('rolled back');
    expect(record.reason).toContain('myapp-v1: 4 of 5 replicas ready');
    expect([world.split(), image(world)]).toEqual(['4 + -', 'myapp:1']);
  });

  it('follows whoever gives the stable workload another size, and holds for any other change', async () => {
    const world = await begun(IN_PLACE);
    const scale = (replicas: number) => {
      const { object } = world.platform.workloads.get(STABLE)!;
      world.platform.edit({ ...object, spec: { ...(object['spec'] as object), replicas } });
    };
    world.script = (looks) => (looks < 6 ? 'undecided' : 'promote');
    const { done } = world.drive();
    await world.clock.pass(12_000);
    scale(7);
    while ((await world.stored()).stage < 1) await world.clock.pass(500);
    scale(2);
    expect(await world.clock.until(done, 600_000)).toMatchObject({ outcome: 'promoted' });
    expect([world.split(), image(world)]).toEqual(['2 + -', 'myapp:2']);
  });

  it('is held where somebody else changes the template, whose change a rollback leaves', async () => {
    const world = await begun(IN_PLACE);
    world.script = () => 'undecided';
    const { done } = world.drive();
    await world.clock.pass(12_000);
    const { object } = world.platform.workloads.get(STABLE)!;
    const hotfix = JSON.parse(
      JSON.stringify(object).replaceAll('myapp:1', 'myapp:7'),
    ) as typeof object;
    world.platform.edit(hotfix);
    expect(await world.clock.until(done, 60_000)).toMatchObject({ outcome: 'held' });
    await world.command('abort');
    expect(await world.run()).toMatchObject({ outcome: 'aborted' });
    expect([world.split(), image(world)]).toEqual(['4 + -', 'myapp:7']);
  });

  it('is undone by the template of before', async () => {
    const world = await begun(IN_PLACE);
    await world.run();
    await world.command('undo');
    expect(await world.run()).toMatchObject({ outcome: 'aborted' });
    expect([world.split(), image(world)]).toEqual(['4 + -', 'myapp:1']);
    expect(world.changed().slice(3)).toEqual(['template myapp-v1']);
  });

  it('ends right wherever its driver is killed, and at whatever call', async () => {
    const calls = 3;
    const moments = ['before', 'after'] as const;
    for (const isBad of [false, true]) {
      for (let at = 1; at <= calls; at++) {
        for (const moment of moments) {
          const world = await begun(IN_PLACE);
          world.script = (looks) => (isBad && looks > 6 ? 'roll back' : 'promote');
          let count = 0;
          const first = world.drive();
          world.platform[moment] = (call) => {
            if (!call.startsWith('list') && ++count === at) first.kill();
          };
          await world.clock.pass(120_000);
          world.platform[moment] = () => undefined;
          const second = world.drive({ whenHeld: 'take over', holder: 'eve@desk:2' });
          const { outcome } = await world.clock.until(second.done, 3_600_000);
          const end = [outcome, world.split(), image(world)];
          const good = ['promoted', '4 + -', 'myapp:2'];
          expect(end).toEqual(isBad ? ['rolled back', '4 + -', 'myapp:1'] : good);
          expect(world.platform.workloads.has(CANARY)).toBe(false);
        }
      }
    }
  });
});
