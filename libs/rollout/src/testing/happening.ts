import fc from 'fast-check';
import { planRelease } from '../plan/plan-release.ts';
import type { Plan, Role, Stage } from '../plan/plan.ts';
import type { Verdict } from '../ports/judge.ts';
import type { Command } from '../record/request.ts';

/** Something that happens; a call may land before its answer comes, or one without the other. */
export type Happening =
  | { do: 'capture' | 'watch' | 'reconcile' | 'all ready' | 'restart' | 'outage' }
  | { do: 'land' | 'answer' | 'fail'; which: number }
  | { do: 'ready' | 'unready'; role: Role }
  | { do: 'pass'; ms: number }
  | { do: 'look'; verdict: Verdict | 'fails' }
  | { do: 'command'; command: Command }
  | { do: 'meddle'; role: Role; how: 'scale' | 'image' | 'remove' };

const role = fc.constantFrom<Role>('stable', 'canary');
const which = fc.nat({ max: 3 });
/** What may happen while nobody else interferes, and no pod fails that was ready. */
export const orderly: fc.Arbitrary<Happening>[] = [
  fc.constant({ do: 'watch' }),
  fc.constant({ do: 'watch' }),
  fc.constant({ do: 'capture' }),
  fc.constant({ do: 'reconcile' }),
  fc.constant({ do: 'all ready' }),
  fc.record({ do: fc.constant('ready'), role }),
  fc.constant({ do: 'restart' }),
  fc.constant({ do: 'outage' }),
  fc.record({ do: fc.constantFrom('land', 'answer', 'answer', 'fail'), which }),
  fc.record({ do: fc.constantFrom('land', 'answer', 'answer', 'fail'), which }),
  fc.record({ do: fc.constant('pass'), ms: fc.constantFrom(10, 1000, 21_000, 130_000) }),
  fc.record({
    do: fc.constant('look'),
    verdict: fc.constantFrom('promote', 'promote', 'roll back', 'hold', 'undecided', 'fails'),
  }),
  fc.record({
    do: fc.constant('command'),
    command: fc.constantFrom<Command>(
      'pause',
      'resume',
      'promote',
      'promote full',
      'abort',
      'abort',
      'undo',
      'undo',
      'undo',
      'freeze',
    ),
  }),
];
/** What may happen in any case. */
export const unruly: fc.Arbitrary<Happening>[] = [
  ...orderly,
  fc.record({ do: fc.constant('unready'), role }),
  fc.record({
    do: fc.constant('meddle'),
    role,
    how: fc.constantFrom<('scale' | 'image' | 'remove')[]>('scale', 'image', 'remove'),
  }),
];
/** A stretch in which all goes well, so that runs come further than their first steps. */
export const smooth: readonly Happening[] = [
  { do: 'watch' },
  { do: 'answer', which: 0 },
  { do: 'reconcile' },
  { do: 'all ready' },
  { do: 'watch' },
  { do: 'look', verdict: 'promote' },
  { do: 'pass', ms: 5000 },
];

/** What happens in one run, in any order. */
export const course = (any: fc.Arbitrary<Happening>[]) =>
  fc
    .array(fc.oneof(fc.tuple(fc.oneof(...any)), fc.constant(smooth)), {
      maxLength: 30,
      size: 'max',
    })
    .map((stretches) => stretches.flat());

/** Plans of all shapes. */
export const plans: fc.Arbitrary<Plan> = fc
  .record({
    stableReplicas: fc.integer({ min: 1, max: 6 }),
    maxSurge: fc.integer({ min: 1, max: 6 }),
    spare: fc.integer({ min: 0, max: 1 }),
    weights: fc.array(fc.constantFrom(10, 25, 50, 75, 100), { minLength: 1, maxLength: 3 }),
    confirm: fc.boolean(),
    bakeSeconds: fc.constantFrom(0, 5),
    waitsAtTheEnd: fc.boolean(),
  })
  .map(({ stableReplicas, spare, weights, waitsAtTheEnd, ...wish }) => {
    const minReady = Math.max(1, stableReplicas - spare);
    const ascending = weights.sort((a, b) => a - b);
    // Short: the runs are to come as far as to the end, and back from there.
    const observe = { until: 'verdict', soakSeconds: 5, limitSeconds: 300 } as const;
    const { plan } = planRelease({
      stableReplicas,
      minReady,
      weights: ascending,
      observe,
      ...wish,
    });
    if (!waitsAtTheEnd) return plan;
    const last = plan.stages.at(-1);
    const { set } = plan.stages.at(-2)!;
    return { ...plan, stages: [...plan.stages.slice(0, -1), { ...WAIT, set }, last!] };
  });

const WAIT: Omit<Stage, 'set'> = { deadlineMs: 120_000, gate: { kind: 'time', ms: 5000 } };
