import { describe, expect, it } from 'vitest';
import type { Opinion } from '../ports/judge.ts';
import type { RolloutRecord } from '../record/record.ts';
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
    await store.save(KEY, { schema: 3 }, undefined);
    await expect(loadRollout(store, KEY)).rejects.toThrow(
      'stored in schema 3, this version knows up to 2',
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

  it('bounds what it is told', async () => {
    const { store, clock } = await begun();
    const long = 'x'.repeat(130_000);
    await requestCommand({ store, clock, key: KEY, command: 'pause', reason: long, by: long });
    const [request] = (await store.load<RolloutRecord>(KEY))!.value.requests;
    expect(request?.reason).toHaveLength(500);
    expect(request?.by).toHaveLength(500);
  });

  it('does not pile up what nobody takes in', async () => {
    const { store, clock } = new World();
    const world = { store, clock };
    await store.save(KEY, { schema: 2, requests: Array(20).fill({}) }, undefined);
    await expect(
      requestCommand({ ...world, key: KEY, command: 'pause', reason: '', by: 'eve' }),
    ).rejects.toThrow('20 commands wait for a driver: resume the rollout first');
  });
});

describe('the saved state', () => {
  const tooLarge = () => 'x'.repeat(5_000_000);

  it('goes on without the sums of a judge that outgrow it, and says so once', async () => {
    const world = await begun();
    const { done, judge } = world.drive();
    judge.state = tooLarge;
    const { outcome, history, judge: sums } = await world.clock.until(done, 600_000);
    expect({ outcome, sums }).toEqual({ outcome: 'promoted', sums: undefined });
    expect(judge.looks).toBeGreaterThan(3);
    expect(history.filter(({ what }) => what === 'saved in part')).toMatchObject([
      {
        why: "the judge's sums are 5000002 bytes, more than fit: a driver that resumes begins them anew",
      },
    ]);
  });

  it('goes back all the same, and another driver resumes', async () => {
    const world = await begun();
    const first = world.drive();
    first.judge.state = tooLarge;
    await world.clock.pass(17_000);
    expect((await world.stored()).observation.number).toBeGreaterThan(0);
    first.kill();
    world.script = (looks) => (looks < 2 ? 'undecided' : 'roll back');
    const second = world.drive({ holder: 'eve@desk:2', whenHeld: 'take over' });
    second.judge.state = tooLarge;
    expect(await world.clock.until(second.done, 600_000)).toMatchObject({
      outcome: 'rolled back',
      reason: 'look 2 says roll back',
    });
    expect(world.split()).toBe('4 + -');
  });

  it('is not outgrown by what people write', async () => {
    const world = await begun();
    const { done } = world.drive();
    await world.clock.pass(7000);
    for (let nth = 0; nth < 9; nth++) await world.command('pause', 'ü'.repeat(130_000));
    await world.clock.pass(2000);
    expect(JSON.stringify(await world.stored()).length).toBeLessThan(30_000);
    await world.command('resume');
    expect(await world.clock.until(done, 600_000)).toMatchObject({ outcome: 'promoted' });
  });

  it('is not outgrown by the reasons that an earlier version left waiting', async () => {
    const world = await begun();
    const { value, version } = (await world.store.load<RolloutRecord>(KEY))!;
    const pause = { command: 'pause', reason: 'x'.repeat(130_000), by: 'eve', at: 0 } as const;
    const requests = Array.from({ length: 9 }, (_, number) => ({ ...pause, number }));
    await world.store.save(KEY, { ...value, requests }, version);
    const { done } = world.drive();
    await world.clock.pass(2000);
    await world.command('resume');
    expect(await world.clock.until(done, 600_000)).toMatchObject({ outcome: 'promoted' });
  });

  it('is not outgrown by what a judge says, and keeps the releases that it is about', async () => {
    const world = await begun();
    const many = Object.fromEntries(
      Array.from({ length: 3000 }, (_, name) => [`${name}`.padEnd(400, 'x'), 1]),
    );
    const short = Object.fromEntries(Array.from({ length: 3000 }, (_, name) => [`r${name}`, 1]));
    world.script = () => ({
      verdict: 'promote',
      reason: 'x'.repeat(2_000_000),
      evidence: { E: 7, ...many, ...short },
      requests: { ...short, ...many, 1: 80, 2: 20 },
    });
    const record = await world.run();
    expect(record.outcome).toBe('promoted');
    const { evidence = {} } = record.judged?.opinion ?? {};
    expect(evidence['E']).toBe(7);
    expect(Math.max(...Object.keys(evidence).map((name) => name.length))).toBeLessThan(121);
    expect(record.series?.requests['2']).toBeDefined();
    expect(JSON.stringify(record).length).toBeLessThan(200_000);
  });

  it('of an earlier version of this tool is driven on, paused or not', async () => {
    for (const isPaused of [false, true]) {
      const world = await begun({ observe: { until: 'time', seconds: 60 } });
      const first = world.drive();
      await world.clock.pass(15_000);
      if (isPaused) await world.command('pause');
      await world.clock.pass(2000);
      first.kill();
      const { value, version } = (await world.store.load<RolloutRecord>(KEY))!;
      await world.store.save(KEY, asOfSchema1(value), version);
      const { done, judge } = world.drive({ whenHeld: 'take over', holder: 'eve@desk:2' });
      await world.clock.pass(3000);
      if (isPaused) await world.command('resume');
      await world.clock.pass(20_000);
      expect(judge.looks).toBeGreaterThanOrEqual(6);
      expect(await world.clock.until(done, 600_000)).toMatchObject({ outcome: 'promoted' });
    }
  });

  it('goes on without details where even the judgement outgrows it', async () => {
    const world = await begun();
    const judgement = { huge: 'x'.repeat(2_000_000) } as unknown as Opinion['judgement'];
    world.script = (looks) => {
      const verdict = looks < 4 ? 'undecided' : 'roll back';
      return { verdict, reason: `look ${looks}`, ...(judgement && { judgement }) };
    };
    const { outcome, reason, history } = await world.run();
    expect({ outcome, reason }).toEqual({ outcome: 'rolled back', reason: 'look 4' });
    expect(history.filter(({ what }) => what === 'saved in part')).toHaveLength(1);
    expect(history.find(({ what }) => what === 'saved in part')?.why).toContain(
      'more than fit: the figures over time and the older transitions are left out',
    );
  });

  it('of a release of an hour stays far below a megabyte', async () => {
    const world = await begun({ observe: { until: 'verdict' } });
    world.script = () => 'undecided';
    expect(JSON.stringify(await world.run()).length).toBeLessThan(20_000);
  });
});

/** The record as the first version of this tool had it, in an observation of its first split. */
function asOfSchema1(record: RolloutRecord): unknown {
  const { plan, counters, ...rest } = record;
  const { stages, everyMs, ...limits } = plan;
  const steps = stages.flatMap(({ set, gate, deadlineMs }) => [
    set.removed ? { kind: 'retire' } : { kind: 'scale', ...set, deadlineMs },
    ...(gate.kind === 'ready'
      ? []
      : [{ ...gate, kind: 'observe', until: gate.kind, everyMs: everyMs - 6000 }]),
  ]);
  const old = {
    ...rest,
    schema: 1,
    plan: { ...limits, steps },
    step: 1,
    stepStartedAt: [...record.stageStartedAt, record.phaseStartedAt],
    counters: { request: counters.request, ask: counters.operation, listing: counters.listing },
  };
  const isNew = new Set(['stoppedMs', 'phaseStoppedMs', 'phaseStartedAt', 'atGate', 'stage']);
  const isNewer = new Set(['stageStartedAt', 'leftAt', 'since', 'operation']);
  return JSON.parse(
    JSON.stringify(old, (name, part: unknown) =>
      isNew.has(name) || isNewer.has(name) ? undefined : part,
    ),
  );
}
