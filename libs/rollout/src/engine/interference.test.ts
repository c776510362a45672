import { describe, expect, it } from 'vitest';
import { CANARY, deployment, STABLE } from '../testing/objects.ts';
import { begun } from '../testing/world.ts';
import type { Clock } from '../ports/clock.ts';
import { DrivenElsewhereError } from './errors.ts';

describe('a platform out of reach', () => {
  it.each(['platform', 'platform and store'])('%s: is waited for', async (what) => {
    const calm = await begun();
    await calm.run();
    for (const at of [1, 6000, 16_000, 26_000, 31_000]) {
      const world = await begun();
      const { done } = world.drive();
      await world.clock.pass(at);
      world.platform.outage(20_000);
      if (what !== 'platform') {
        world.store.before = () => {
          if (!world.platform.isReachable) throw new Error('connect ECONNREFUSED');
        };
      }
      expect(await world.clock.until(done, 600_000)).toMatchObject({ outcome: 'promoted' });
      expect(world.changed()).toEqual(calm.changed());
    }
  });
});

describe('a store', () => {
  it('out of reach for longer than a deadline: what has become ready meanwhile counts', async () => {
    const world = await begun({}, { readyMs: 30_000 });
    const { done } = world.drive();
    await world.clock.pass(1000);
    const backAt = world.clock.now() + 200_000;
    world.store.before = () => {
      if (world.clock.now() < backAt) throw new Error('connect ECONNREFUSED');
    };
    await world.clock.pass(10_000);
    world.platform.workloads.get(CANARY)?.kill();
    expect(await world.clock.until(done, 600_000)).toMatchObject({ outcome: 'promoted' });
  });

  it('that saves and does not say so: nothing is lost, and nothing done twice', async () => {
    const calm = await begun();
    let saves = 0;
    calm.store.after = () => {
      saves++;
    };
    await calm.run();
    for (let silent = 2; silent < saves; silent++) {
      const world = await begun();
      let made = 0;
      world.store.after = () => {
        if (++made === silent) throw new Error('socket hang up');
      };
      const record = await world.run();
      expect({ silent, outcome: record.outcome, changed: world.changed() }).toEqual({
        silent,
        outcome: 'promoted',
        changed: calm.changed(),
      });
    }
  });
});

describe('a stable workload that someone else changes', () => {
  it.each([
    ['its replicas', deployment('1', 6), 'replicas 4 -> 6 (generation 1 -> 2)'],
    [
      'its template',
      { ...deployment('3', 4), metadata: deployment('1', 4).metadata },
      'spec.template.spec.containers.0.image "myapp:1" -> "myapp:3"',
    ],
  ])('%s: it stops and says so', async (_, object, says) => {
    const world = await begun();
    world.script = () => 'undecided';
    const { done } = world.drive();
    await world.clock.pass(20_000);
    world.platform.edit(object);
    const record = await world.clock.until(done, 10_000);
    expect(record.outcome).toBe('held');
    expect(record.reason).toContain(`${STABLE} was changed by someone else`);
    expect(record.reason).toContain(says);
  });

  it('by removing it: it stops, and abort builds it again', async () => {
    const world = await begun();
    world.script = () => 'undecided';
    const { done } = world.drive();
    await world.clock.pass(20_000);
    world.platform.delete(STABLE);
    const record = await world.clock.until(done, 10_000);
    expect(record.reason).toContain(`${STABLE} was removed by someone else`);
    await world.command('abort');
    expect(await world.run()).toMatchObject({ outcome: 'aborted' });
    expect(world.split()).toBe('4 + -');
    expect(world.platform.workloads.get(STABLE)?.object).toEqual(deployment('1', 4));
  });

  it('and resume takes it as it is', async () => {
    const world = await begun();
    const { done } = world.drive();
    await world.clock.pass(10_000);
    world.platform.edit(deployment('1', 6));
    await world.clock.until(done, 10_000);
    await world.command('resume');
    expect(await world.run()).toMatchObject({ outcome: 'promoted' });
  });
});

describe('two drivers', () => {
  it('the second is told who drives', async () => {
    const world = await begun();
    world.drive();
    await world.clock.pass(2000);
    const second = world.drive({ holder: 'eve@desk:2' });
    await expect(world.clock.until(second.done, 1000)).rejects.toThrow(
      /rollout-myapp is driven by ana@laptop:1, last heard of \d s ago/,
    );
  });

  it('a driver that was killed is taken over from when its lease has run out', async () => {
    const world = await begun();
    const first = world.drive();
    await world.clock.pass(7000);
    first.kill();
    const killedAt = world.clock.now();
    const record = await world.run({ holder: 'eve@desk:2', whenHeld: 'wait' });
    expect(record.outcome).toBe('promoted');
    expect(record.stageStartedAt[1]! - killedAt).toBeGreaterThan(10_000);
  });

  it.each([
    // From its last sign of life it had its lease.
    ['was killed', [584_000, 591_000]],
    ['has let go', [600_000, 600_000]],
  ] as const)('time without a driver does not count, where it %s', async (how, [least, most]) => {
    const world = await begun({ observe: { until: 'time', seconds: 60 } });
    const stop = new AbortController();
    const first = world.drive({ signal: stop.signal });
    await world.clock.pass(15_000);
    if (how === 'was killed') first.kill();
    else stop.abort();
    await world.clock.pass(600_000);
    world.drive({ holder: 'eve@desk:2' });
    await world.clock.pass(1000);
    const { stoppedMs } = await world.stored();
    expect(stoppedMs).toBeGreaterThanOrEqual(least);
    expect(stoppedMs).toBeLessThanOrEqual(most);
    expect(world.split()).toBe('4 + 1');
    await world.clock.pass(50_000);
    expect(world.split()).toBe('4 + 4');
  });

  it('a pause without a driver is taken off once', async () => {
    const world = await begun();
    const first = world.drive();
    await world.clock.pass(7000);
    await world.command('pause');
    await world.clock.pass(2000);
    const { paused } = await world.stored();
    first.kill();
    await world.clock.pass(600_000);
    world.drive({ holder: 'eve@desk:2' });
    await world.clock.pass(2000);
    await world.command('resume');
    await world.clock.pass(2000);
    const { stoppedMs = 0, history } = await world.stored();
    const resumed = history.find(({ what }) => what === 'resume');
    expect(stoppedMs).toBe(resumed!.at - paused!.at);
  });

  it('a clock that is ahead takes nothing over', async () => {
    const world = await begun();
    world.drive();
    await world.clock.pass(2000);
    const { clock } = world;
    const ahead: Clock = {
      now: () => clock.now() + 3_600_000,
      sleep: (ms, signal) => clock.sleep(ms, signal),
    };
    const second = world.drive({ holder: 'eve@desk:2', clock: ahead });
    await expect(world.clock.until(second.done, 1000)).rejects.toBeInstanceOf(DrivenElsewhereError);
  });

  it('one that lost the lock gives up', async () => {
    const world = await begun();
    world.script = () => 'undecided';
    const first = world.drive();
    await world.clock.pass(7000);
    await world.lock.for('eve@desk:2').hold(true);
    await expect(world.clock.until(first.done, 10_000)).rejects.toThrow(/driven by eve@desk:2/);
    expect(world.lock.held?.holder).toBe('eve@desk:2');
  });

  it('one that cannot reach the lock for a while goes on', async () => {
    const world = await begun();
    const troubles: unknown[] = [];
    const lock = world.lock.for('ana@laptop:1');
    let calls = 0;
    const patchy = {
      ...lock,
      hold: (takesOver: boolean) =>
        ++calls === 2 ? Promise.reject(new Error('no route')) : lock.hold(takesOver),
    };
    const record = await world.run({ lock: patchy, onTrouble: (error) => troubles.push(error) });
    expect(record.outcome).toBe('promoted');
    expect(troubles).toEqual([new Error('no route')]);
    expect(world.lock.held).toBeUndefined();
  });

  it('one that was taken over from gives up', async () => {
    const world = await begun();
    const first = world.drive();
    await world.clock.pass(7000);
    const second = world.drive({ holder: 'eve@desk:2', whenHeld: 'take over' });
    await expect(world.clock.until(first.done, 10_000)).rejects.toBeInstanceOf(
      DrivenElsewhereError,
    );
    expect(await world.clock.until(second.done, 600_000)).toMatchObject({ outcome: 'promoted' });
  });

  it('one that is stopped lets go at once', async () => {
    const world = await begun();
    const stop = new AbortController();
    const first = world.drive({ signal: stop.signal });
    await world.clock.pass(7000);
    stop.abort();
    expect((await first.done).outcome).toBeUndefined();
    expect(await world.run({ holder: 'eve@desk:2' })).toMatchObject({ outcome: 'promoted' });
  });
});
