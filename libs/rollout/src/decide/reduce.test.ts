import { describe, expect, it } from 'vitest';
import { planRelease } from '../plan/plan-release.ts';
import type { Plan } from '../plan/plan.ts';
import type { Happening } from '../testing/happening.ts';
import { Model } from '../testing/model.ts';
import { Run } from '../testing/run.ts';

const { plan } = planRelease({ stableReplicas: 2, canaryReplicas: [1] });

function after(...happenings: Happening[]): Run {
  const run = new Run(plan);
  for (const happening of happenings) run.happen(happening);
  return run;
}

const observing: Happening[] = [
  { do: 'watch' },
  { do: 'answer', which: 0 },
  { do: 'reconcile' },
  { do: 'all ready' },
  { do: 'watch' },
];

describe('reduce', () => {
  it('asks for nothing before it has seen what is there', () => {
    const run = after({ do: 'pass', ms: 200_000 });
    expect(run.calls).toEqual([]);
    expect(run.rollout.record.outcome).toBeUndefined();
  });

  it('asks for the same only once, however often it sees the same', () => {
    const run = after({ do: 'watch' }, { do: 'watch' }, { do: 'pass', ms: 1000 }, { do: 'watch' });
    expect(run.calls.map(({ action }) => action.kind)).toEqual(['apply']);
  });

  it('counts a look once, however often it is told of', () => {
    const run = after(...observing);
    const event = {
      kind: 'looked',
      at: run.now,
      look: 1,
      opinion: { verdict: 'undecided', reason: '', evidence: {}, requests: { 2: 5 } },
      judge: {},
    } as const;
    run.tell(event);
    run.tell(event);
    expect(run.rollout.record.observation.requests).toEqual({ 2: 5 });
    expect(run.rollout.record.series?.requests).toEqual({ 2: [5] });
    expect(run.rollout.record.judged).toEqual({ at: run.now, opinion: event.opinion });
  });

  it('promotes on no look that was begun before its gate was reached', () => {
    const observe = { until: 'verdict', soakSeconds: 0 } as const;
    const planned = planRelease({ stableReplicas: 4, canaryReplicas: [2], observe });
    const run = new Run(planned.plan);
    const { record } = run.rollout;
    for (const happening of observing.slice(0, 3)) run.happen(happening);
    run.happen({ do: 'ready', role: 'canary' });
    run.happen({ do: 'watch' });
    expect([run.rollout.record.atGate, run.looking]).toEqual([
      false,
      record.observation.number + 1,
    ]);
    run.happen({ do: 'all ready' });
    run.happen({ do: 'watch' });
    expect(run.rollout.record).toMatchObject({ stage: 0, atGate: true });
    run.look('promote');
    expect(run.rollout.record).toMatchObject({ stage: 0, atGate: true });
    run.look('promote');
    expect(run.rollout.record.stage).toBe(1);
  });

  it('waits with a doubled pause where a call fails, and lists before it asks again', () => {
    const run = after({ do: 'watch' }, { do: 'fail', which: 0 });
    expect(run.rollout.record.canary.retry).toMatchObject({ attempts: 1, at: run.now + 500 });
    expect(run.calls).toEqual([]);
    run.happen({ do: 'pass', ms: 500 });
    expect(run.calls.map(({ action }) => action.kind)).toEqual(['list']);
    run.happen({ do: 'answer', which: 0 });
    expect(run.calls.map(({ action }) => action.kind)).toEqual(['apply']);
    run.happen({ do: 'fail', which: 0 });
    expect(run.rollout.record.canary.retry).toMatchObject({ attempts: 2, at: run.now + 1000 });
  });

  it.each(['scale', 'remove'] as const)(
    'finds out where someone else has undone at once what was asked: %s',
    (how) => {
      const run = after(
        { do: 'watch' },
        { do: 'land', which: 0 },
        { do: 'meddle', role: 'canary', how },
      );
      run.happen({ do: 'answer', which: 0 });
      run.happen({ do: 'watch' });
      run.happen({ do: 'pass', ms: 15_000 });
      expect(run.calls.map(({ action }) => action.kind)).toEqual(['list']);
      run.command('abort');
      run.settle();
      expect(run.rollout.record.outcome).toBe('aborted');
      expect(run.model.workloads.canary).toBeUndefined();
    },
  );

  it('does not retire the stable release while the canary is not ready', () => {
    const deadlineMs = 60_000;
    const stages: Plan['stages'] = [
      { set: { stable: 2, canary: 2 }, deadlineMs, gate: { kind: 'person' } },
      { set: { stable: 0, canary: 2, removed: 'stable' }, deadlineMs, gate: { kind: 'ready' } },
    ];
    const run = new Run({ ...plan, stages });
    for (const happening of observing) run.happen(happening);
    run.happen({ do: 'unready', role: 'canary' });
    run.happen({ do: 'watch' });
    run.command('promote');
    expect(run.rollout.record.stage).toBe(1);
    expect(run.calls).toEqual([]);
    run.happen({ do: 'all ready' });
    run.happen({ do: 'watch' });
    expect(run.calls.map(({ action }) => action.kind)).toEqual(['remove']);
  });

  it('takes no notice of a snapshot from before what a listing has shown', () => {
    const run = after({ do: 'watch' }, { do: 'answer', which: 0 }, ...observing);
    run.command('promote full');
    run.happen({ do: 'capture' });
    run.happen({ do: 'land', which: 0 });
    run.happen({ do: 'fail', which: 0 });
    run.happen({ do: 'pass', ms: 500 });
    run.happen({ do: 'answer', which: 0 });
    expect(run.rollout.record.canary.known).toMatchObject({ generation: 2, replicas: 2 });
    run.happen({ do: 'watch' });
    expect(run.rollout.record.outcome).toBeUndefined();
    expect(run.rollout.seen?.canary?.replicas).toBe(2);
  });

  it('takes no notice of a listing of the one side that is behind on the other', () => {
    const run = after(...observing);
    const at = run.now;
    run.tell({ kind: 'workloads', at, workloads: new Model(2).snapshot(), listing: 7 });
    expect(run.rollout.seen?.canary?.ready).toBe(1);
    expect(run.calls).toEqual([]);
  });

  it('does not take a workload for there that it has removed, when a watch is behind', () => {
    const run = after(...observing);
    run.command('promote full');
    for (let round = 0; run.model.workloads.stable; round++) {
      run.happen({ do: 'reconcile' });
      run.happen({ do: 'all ready' });
      run.happen({ do: 'capture' });
      run.happen({ do: 'watch' });
      // Captured before the removal, delivered after it.
      if (run.calls[0]?.action.kind === 'remove') run.happen({ do: 'capture' });
      const isRemoval = run.calls[0]?.action.kind === 'remove';
      run.happen({ do: isRemoval ? 'land' : 'answer', which: 0 });
      expect(round).toBeLessThan(20);
    }
    run.command('abort');
    run.happen({ do: 'fail', which: 0 });
    run.happen({ do: 'pass', ms: 500 });
    run.happen({ do: 'answer', which: 0 });
    run.happen({ do: 'watch' });
    expect(run.calls.map(({ action }) => action.kind)).toEqual(['apply']);
    expect(run.model.workloads.canary?.replicas).toBe(2);
  });
});
