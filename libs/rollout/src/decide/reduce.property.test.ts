import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../plan/plan.ts';
import type { RolloutRecord } from '../record/record.ts';
import { type Happening, course, orderly, plans, smooth, unruly } from '../testing/happening.ts';
import { STABLE } from '../testing/objects.ts';
import { Run } from '../testing/run.ts';
import type { Action } from './events.ts';
import { gateAt } from './stages.ts';

describe('reduce', () => {
  it('never leaves fewer ready replicas than asked, and never exceeds the surge', () => {
    const effects = new Map<string, number>();
    fc.assert(
      fc.property(plans, course(orderly), (plan, happenings) => {
        const run = new Run(plan);
        for (const happening of happenings) run.happen(happening);
        const { minReady, maxPods } = plan.limits;
        // Snapshots that are behind are not somebody's doing.
        const reasons = run.rollout.record.history.map(({ why }) => why).join();
        expect(reasons).not.toContain('someone else');
        for (const { action, before, after, asked } of run.effects) {
          const what = `${action.kind} ${nameOf(action)}`;
          effects.set(what, (effects.get(what) ?? 0) + 1);
          expect(after).toBeGreaterThanOrEqual(Math.min(before, minReady));
          expect(asked[1]).toBeLessThanOrEqual(maxPods);
        }
      }),
      { numRuns: 1000 },
    );
    // The runs came far enough to say something, up to building a removed release again.
    expect(effects.get(`scale ${STABLE}`)).toBeGreaterThan(100);
    expect(effects.get(`remove ${STABLE}`)).toBeGreaterThan(20);
    expect(effects.get(`apply ${STABLE}`)).toBeGreaterThan(0);
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

  it('looks whenever the canary has traffic, in whatever stage, and goes back on what it sees', () => {
    const looked = new Map<string, number>();
    const turned = new Map<string, number>();
    fc.assert(
      fc.property(plans, course(orderly), (plan, happenings) => {
        const run = new Run(plan);
        for (const happening of [...happenings, ...BAD_IN_A_PAUSE]) {
          const before = run.rollout;
          const wasLooking = run.looking !== undefined;
          run.happen(happening);
          const { record, seen, looking } = run.rollout;
          const hasTraffic = (seen?.canary?.ready ?? 0) > 0;
          if (!wasLooking && run.looking !== undefined) expect(hasTraffic).toBe(true);
          const isLeaving = !record.stable.touched || record.stable.operation?.kind === 'remove';
          const isOpen = record.outcome === undefined && record.direction === 'forward';
          const kind = `${phaseOf(record)}${record.paused ? ' paused' : ''}`;
          if (isOpen && !record.frozen && hasTraffic && !isLeaving) {
            expect(looking !== undefined || record.observation.dueAt > run.now).toBe(true);
            looked.set(kind, (looked.get(kind) ?? 0) + 1);
          }
          const isAgainst = happening.do === 'look' && happening.verdict === 'roll back';
          if (!isAgainst || !wasLooking || !before.seen) continue;
          if (before.record.direction === 'back' || before.record.outcome !== undefined) continue;
          if (before.record.frozen) continue;
          expect(record.direction).toBe('back');
          const was = phaseOf(before.record);
          turned.set(was, (turned.get(was) ?? 0) + 1);
        }
      }),
      { numRuns: 1000 },
    );
    for (const kind of ['scale', 'verdict', 'time', 'person', 'verdict paused', 'scale paused']) {
      expect([kind, looked.get(kind) ?? 0]).toEqual([kind, expect.toSatisfy(isMany)]);
    }
    for (const kind of ['scale', 'verdict', 'time', 'person']) {
      expect([kind, turned.get(kind) ?? 0]).toEqual([kind, expect.toSatisfy((n) => n > 0)]);
    }
  });

  it('ends, once pods become ready, an abort with the stable release at its full size', () => {
    const outcomes = new Map<string, number>();
    fc.assert(
      fc.property(plans, course(unruly), (plan, happenings) => {
        const run = new Run(plan);
        for (const happening of happenings) run.happen(happening);
        run.captured = [];
        run.happen({ do: 'watch' });
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
          stages: plan.stages.filter(({ gate }) => gate.kind !== 'person'),
        });
        for (let round = 0; round < 100 && !run.rollout.record.outcome; round++) {
          for (const happening of smooth) run.happen(happening);
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

/** What every run ends with here, so that enough of them have it. */
const BAD_IN_A_PAUSE: readonly Happening[] = [
  { do: 'command', command: 'pause' },
  { do: 'look', verdict: 'roll back' },
];
/** Whether it scales, or what it waits for. */
function phaseOf(record: RolloutRecord): string {
  return gateAt(record)?.kind ?? 'scale';
}

const isMany = (count: number) => count > 20;

const judged = new WeakSet<Action>();

/** Why an action that was just emitted is harmful by what was last seen. */
function harmOf(action: Action, { rollout, plan }: Run): string | undefined {
  if (judged.has(action) || action.kind === 'list' || action.kind === 'look') return undefined;
  judged.add(action);
  const { seen, record } = rollout;
  if (!seen) return 'nothing was seen';
  const acting: Role = nameOf(action) === STABLE ? 'stable' : 'canary';
  const other: Role = acting === 'stable' ? 'canary' : 'stable';
  const to = record[acting].operation?.replicas ?? NaN;
  const here = seen[acting] ?? { ready: 0, replicas: 0 };
  const there = seen[other] ?? { ready: 0, replicas: 0 };
  const open = record[other].operation?.replicas;
  const thereReady = Math.min(there.ready, open ?? there.ready);
  const ready = Math.min(here.ready, to) + thereReady;
  if (ready < Math.min(plan.limits.minReady, here.ready + thereReady)) return `leaves ${ready}`;
  const pods = to + Math.max(there.replicas, open ?? 0);
  return to > here.replicas && pods > plan.limits.maxPods ? `asks for ${pods}` : undefined;
}

function nameOf(action: Action): string {
  if (action.kind === 'apply') return action.object.metadata.name;
  return 'ref' in action ? action.ref.name : '';
}
