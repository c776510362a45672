import { describe, expect, it } from 'vitest';
import { begun, KEY, World } from '../testing/world.ts';
import { loadRollout } from './load.ts';
import { requestCommand } from './request-command.ts';
import { startRollout } from './start.ts';

describe('startRollout', () => {
  it('refuses while another release is under way', async () => {
    const world = await begun();
    await expect(startRollout(world.store, KEY, world.record())).rejects.toThrow(
      'rollout-myapp: the release of myapp-v2 (r1) is not at its end (not begun): promote or abort',
    );
  });

  it('takes the place of one that has ended', async () => {
    const world = await begun();
    world.script = () => 'roll back';
    await world.run();
    await startRollout(world.store, KEY, world.record());
    const { outcome, earlier } = await world.stored();
    expect(outcome).toBeUndefined();
    expect(earlier).toMatchObject([{ id: 'r1', from: '1', to: '2', outcome: 'rolled back' }]);
  });

  it('remembers the last twenty', async () => {
    const world = await begun();
    world.script = () => 'roll back';
    for (let i = 0; i < 25; i++) {
      await world.run();
      await startRollout(world.store, KEY, { ...world.record(), id: `r${i + 2}` });
    }
    const { earlier } = await world.stored();
    expect(earlier.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => `r${i + 6}`));
  });

  it('names the race where someone else starts at the same moment', async () => {
    const world = await begun();
    const record = world.record();
    const [first, second] = [{}, {}].map(() => startRollout(world.store, 'other', record));
    await first;
    await expect(second).rejects.toThrow('someone else has just started a release');
  });
});

describe('loadRollout', () => {
  it('names what is not there', async () => {
    await expect(loadRollout(new World().store, KEY)).rejects.toThrow(
      'no rollout is stored as rollout-myapp: start one',
    );
  });

  it('does not guess at another schema', async () => {
    const { store } = new World();
    await store.save(KEY, { schema: 2 }, undefined);
    await expect(loadRollout(store, KEY)).rejects.toThrow(
      'stored in schema 2, this version knows 1',
    );
  });
});

describe('requestCommand', () => {
  it('loses no command where many are given at once', async () => {
    const world = await begun();
    await Promise.all(['pause', 'resume', 'abort'].map((c) => world.command(c as 'pause')));
    const { requests } = await world.stored();
    expect(requests.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it('does not pile up what nobody takes in', async () => {
    const { store, clock } = new World();
    const world = { store, clock };
    await store.save(KEY, { schema: 1, requests: Array(20).fill({}) }, undefined);
    await expect(
      requestCommand({ ...world, key: KEY, command: 'pause', reason: '', by: 'eve' }),
    ).rejects.toThrow('20 commands wait for a driver: resume the rollout first');
  });
});

describe('the saved state', () => {
  it('that outgrows its store is named, with what makes it large', async () => {
    const world = await begun();
    const { done, judge } = world.drive();
    judge.state = () => 'x'.repeat(1_000_000);
    await expect(world.clock.until(done, 600_000)).rejects.toThrow(
      /rollout-myapp would be \d+ letters of JSON, more than 1000000: the judge's state has 1000002/,
    );
  });

  it('of a release of an hour stays far below a megabyte', async () => {
    const world = await begun({ observe: { until: 'verdict' } });
    world.script = () => 'undecided';
    expect(JSON.stringify(await world.run()).length).toBeLessThan(20_000);
  });
});
