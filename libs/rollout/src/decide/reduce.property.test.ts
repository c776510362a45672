import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { course, orderly, plans, smooth, unruly } from '../testing/happening.ts';
import { STABLE } from '../testing/objects.ts';
import { Run } from '../testing/run.ts';
import type { Action } from './events.ts';
import type { Role } from './moves.ts';

describe('reduce', () => {
  it('never leaves fewer ready replicas than asked, and never exceeds the surge', () => {
    let effects = 0;
    fc.assert(
      fc.property(plans, course(orderly), (plan, happenings) => {
        const run = new Run(plan);
        for (const happening of happenings) run.happen(happening);
        const { minReady, maxPods } = plan.limits;
        for (const { before, after, asked } of run.effects) {
          effects++;
          expect(after).toBeGreaterThanOrEqual(Math.min(before, minReady));
          expect(asked[1]).toBeLessThanOrEqual(maxPods);
        }
      }),
      { numRuns: 1000 },
    );
    expect(effects).toBeGreaterThan(2000);
  });

  it('asks for nothing that would do so by what was last seen, whatever others do', () => {
    fc.assert(
      fc.property(plans, course(unruly), (plan, happenings) => {
        const run = new Run(plan);
        for (const happening of happenings) {
          run.happen(happening);
          for (const { action } of run.calls) expect(harmOf(action, run)).toBeUndefined();
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('ends, once pods become ready, an abort with the stable release at its full size', () => {
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(plans, course(unruly), (plan, happenings) => {
        const run = new Run(plan);
        for (const happening of happenings) run.happen(happening);
        run.command(run.rollout.record.outcome === 'promoted' ? 'undo' : 'abort');
        const { outcome: before } = run.rollout.record;
        run.settle();
        const { outcome, direction } = run.rollout.record;
        outcomes.set(outcome ?? 'none', (outcomes.get(outcome ?? 'none') ?? 0) + 1);
        expect(direction).toBe('back');
        expect(outcome).toBeOneOf(['rolled back', 'timed out', 'aborted']);
        // Where it had gone back before, others may have changed things since.
        if (before !== undefined) return;
        expect(run.model.workloads).toMatchObject({
          stable: { replicas: plan.stableReplicas, pods: Array(plan.stableReplicas).fill(true) },
          canary: undefined,
        });
      }),
      { numRuns: 1000 },
    );
    expect([...outcomes.keys()].sort()).toEqual(['aborted', 'rolled back', 'timed out']);
  });

  it('ends, where nobody intervenes and the judge is content, with the canary alone', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        const run = new Run({
          ...plan,
          steps: plan.steps.filter(({ kind }) => kind !== 'confirm'),
        });
        for (let round = 0; round < 100 && !run.rollout.record.outcome; round++) {
          for (const happening of fc.sample(smooth, 1)[0] ?? []) run.happen(happening);
        }
        expect(run.rollout.record.outcome).toBe('promoted');
        expect(run.model.workloads).toMatchObject({
          stable: undefined,
          canary: { replicas: plan.stableReplicas },
        });
      }),
      { numRuns: 300 },
    );
  });
});

const judged = new WeakSet<Action>();

/** Why an action that was just emitted is harmful by what was last seen. */
function harmOf(action: Action, { rollout, plan }: Run): string | undefined {
  if (judged.has(action) || action.kind === 'list' || action.kind === 'look') return undefined;
  judged.add(action);
  const { seen, record } = rollout;
  if (!seen) return 'nothing was seen';
  const name = action.kind === 'apply' ? action.object.metadata.name : action.ref.name;
  const acting: Role = name === STABLE ? 'stable' : 'canary';
  const other: Role = acting === 'stable' ? 'canary' : 'stable';
  const to = record[acting].ask?.replicas ?? NaN;
  const here = seen[acting] ?? { ready: 0, replicas: 0 };
  const there = seen[other] ?? { ready: 0, replicas: 0 };
  const open = record[other].ask?.replicas;
  const thereReady = Math.min(there.ready, open ?? there.ready);
  const ready = Math.min(here.ready, to) + thereReady;
  if (ready < Math.min(plan.limits.minReady, here.ready + thereReady)) return `leaves ${ready}`;
  const pods = to + Math.max(there.replicas, open ?? 0);
  return to > here.replicas && pods > plan.limits.maxPods ? `asks for ${pods}` : undefined;
}
