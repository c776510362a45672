import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReleaseWish } from '../strategies/wish.ts';
import { planRelease } from './plan-release.ts';
import type { DesiredState, Stage } from './plan.ts';

const shown = (wish: ReleaseWish) =>
  planRelease(wish).stages.map(({ stage, split, share, surge, errorPoints }) => {
    const { gate, set } = stage;
    const what = 'bake' in gate ? 'bake' : gate.kind;
    const gone = set.removed === undefined ? '' : `without ${set.removed} `;
    const parts = `${gone}${split.stable} + ${split.canary} ${what}`;
    const error = errorPoints === undefined ? '' : `, off by ${errorPoints.toFixed(1)}`;
    return `${parts}: ${share.numerator}/${share.denominator}, surge ${surge}${error}`;
  });

const GONE: DesiredState = { stable: 0, canary: 4, removed: 'stable' };

describe('planRelease', () => {
  it.each<[Partial<ReleaseWish>, string]>([
    [{ stableReplicas: 0 }, 'stableReplicas 0 must be a whole number from 1: scale'],
    [{ maxSurge: 0.5 }, 'maxSurge 0.5 must be a whole number from 0'],
    [{ maxSurge: 0 }, 'maxSurge 0 leaves no room to move: allow 1, or lower minReady 4 by 1'],
    [{ minReady: 5 }, 'minReady 5 must be a whole number from 0 to 4'],
    [{ readySeconds: 0 }, 'readySeconds 0 must be above 0, such as 120'],
    [{ graceSeconds: -1 }, 'graceSeconds -1 must be at least 0'],
    [{ weights: [20] }, 'give one of canaryReplicas, weights and stages, not canaryReplicas and'],
    [
      { canaryReplicas: [9] },
      'stage 1: 0 + 9 replicas are more than 8: allow maxSurge 5, or ask for fewer',
    ],
    [{ canaryReplicas: [1.5] }, 'stage 1: canary 1.5 must be a whole number from 0'],
    [
      { observe: { until: 'verdict', soakSeconds: 90, limitSeconds: 60 } },
      'stage 1: soakMs 90000 is longer than limitMs 60000: no verdict could count',
    ],
    [{ observe: { until: 'time', seconds: 0 } }, 'stage 1: ms 0 must be above 0'],
    [{ observe: { until: 'verdict', everySeconds: 0 } }, 'everySeconds 0 must be above 0'],
    [{ bakeSeconds: -1 }, 'bakeSeconds -1 must be at least 0, such as 60'],
    [{ bakeSeconds: Infinity }, 'bakeSeconds Infinity must be at least 0, such as 60'],
    [
      { canaryReplicas: [4], maxSurge: 0, minReady: 3 },
      'stage 1: 0 + 4 replicas leave no stable one to compare the canary with: allow maxSurge 1',
    ],
  ])('rejects %j, saying what is allowed', (wrong, says) => {
    const wish = { stableReplicas: 4, canaryReplicas: [1], ...wrong };
    expect(() => planRelease(wish)).toThrow(says);
  });

  it.each([0, 101, Number.NaN])('rejects a weight of %d', (weight) => {
    expect(() => planRelease({ stableReplicas: 4, weights: [weight] })).toThrow(
      `weight ${weight} must be above 0 and at most 100`,
    );
  });

  it.each<[readonly DesiredState[], string]>([
    [[], 'the plan has no stage'],
    [
      [GONE],
      'stage 1: the canary alone has 0 replicas of at least 4: scale it up in a stage before',
    ],
    [[{ stable: 1, canary: 1 }], 'stage 1: 1 + 1 replicas are fewer than minReady 4: ask for more'],
    [[{ stable: 4, canary: 4 }, GONE, { stable: 0, canary: 4 }], 'removed in the last stage only'],
  ])('rejects the stages %j', (sets, says) => {
    const stages = sets.map((set): Stage => ({ set, deadlineMs: 1000, gate: { kind: 'ready' } }));
    expect(() => planRelease({ stableReplicas: 4, stages })).toThrow(says);
  });

  it("plans the article's release: a fifth, not the 30 % that it speaks of", () => {
    expect(shown({ stableReplicas: 4, canaryReplicas: [1] })).toEqual([
      '4 + 1 verdict: 1/5, surge 1',
      '4 + 4 bake: 1/2, surge 4',
      'without stable 0 + 4 ready: 1/1, surge 0',
    ]);
  });

  it('says in advance what comes of weights that replicas cannot give', () => {
    expect(shown({ stableReplicas: 5, weights: [10, 50, 100], maxSurge: 1 })).toEqual([
      '5 + 1 verdict: 1/6, surge 1, off by 6.7',
      '3 + 3 verdict: 1/2, surge 1, off by 0.0',
      '1 + 5 bake: 5/6, surge 1, off by -16.7',
      'without stable 0 + 5 ready: 1/1, surge 0',
    ]);
  });

  it.each<[string, Partial<ReleaseWish>, string[]]>([
    [
      'one replica',
      { stableReplicas: 1, canaryReplicas: [1] },
      ['1 + 1 bake', 'without stable 0 + 1 ready'],
    ],
    ['all at once', { canaryReplicas: [4] }, ['4 + 4 bake', 'without stable 0 + 4 ready']],
    ['all of the traffic', { weights: [100] }, ['1 + 4 bake', 'without stable 0 + 4 ready']],
    [
      'the full size as the last split',
      { canaryReplicas: [1, 4] },
      ['4 + 1 verdict', '4 + 4 bake', 'without stable 0 + 4 ready'],
    ],
    [
      'a person asked at full size',
      { canaryReplicas: [4], confirm: true },
      ['4 + 4 verdict', '4 + 4 person', '4 + 4 bake', 'without stable 0 + 4 ready'],
    ],
    [
      'a person asked before',
      { canaryReplicas: [1], confirm: true },
      ['4 + 1 verdict', '4 + 1 person', '4 + 4 bake', 'without stable 0 + 4 ready'],
    ],
    [
      'no bake',
      { canaryReplicas: [1], bakeSeconds: 0 },
      ['4 + 1 verdict', '4 + 4 ready', 'without stable 0 + 4 ready'],
    ],
    [
      'no bake of a split that is the full size',
      { canaryReplicas: [4], bakeSeconds: 0 },
      ['4 + 4 bake', 'without stable 0 + 4 ready'],
    ],
  ])('observes every split, and the canary at full size: %s', (_, wish, stages) => {
    const planned = shown({ stableReplicas: 4, ...wish });
    expect(planned.map((line) => line.replace(/:.*/, ''))).toEqual(stages);
  });

  const bakeOf = (wish: Partial<ReleaseWish>) =>
    planRelease({ stableReplicas: 4, canaryReplicas: [1], ...wish })
      .plan.stages.map(({ gate }) => gate)
      .find((gate) => 'bake' in gate);

  it('bakes until the verdict, for as long as is asked, and leaves time for one', () => {
    expect(bakeOf({})).toMatchObject({ kind: 'verdict', soakMs: 60_000, limitMs: 3_600_000 });
    const observe = { until: 'verdict', soakSeconds: 90, limitSeconds: 100 } as const;
    expect(bakeOf({ observe })).toMatchObject({ soakMs: 60_000, limitMs: 120_000 });
    expect(bakeOf({ observe, bakeSeconds: 5 })).toMatchObject({ soakMs: 5000, limitMs: 100_000 });
    // The only observation is both: the longer time counts.
    expect(bakeOf({ observe, canaryReplicas: [4] })).toMatchObject({ soakMs: 90_000 });
    expect(bakeOf({ canaryReplicas: [4], bakeSeconds: 80 })).toMatchObject({ soakMs: 80_000 });
  });

  it('bakes for a time where splits are observed for a time, or nothing is left to compare with', () => {
    const observe = { until: 'time', seconds: 30 } as const;
    expect(bakeOf({ observe })).toMatchObject({ kind: 'time', ms: 60_000 });
    expect(bakeOf({ observe, bakeSeconds: 5 })).toMatchObject({ kind: 'time', ms: 5000 });
    expect(bakeOf({ observe, bakeSeconds: 5, canaryReplicas: [4] })).toMatchObject({ ms: 30_000 });
    expect(bakeOf({ maxSurge: 0, minReady: 3 })).toMatchObject({ kind: 'time', ms: 60_000 });
  });

  it('has one pace of looks', () => {
    const observe = { until: 'verdict', everySeconds: 2 } as const;
    expect(planRelease({ stableReplicas: 4, weights: [20], observe }).plan.everyMs).toBe(2000);
    expect(planRelease({ stableReplicas: 4, weights: [20] }).plan.everyMs).toBe(10_000);
  });

  it('takes as many stable replicas away as the surge asks for, and gives each round its time', () => {
    const { stages } = planRelease({ stableReplicas: 4, canaryReplicas: [1, 3], maxSurge: 1 });
    expect(stages.slice(0, -1)).toMatchObject([
      { split: { stable: 4, canary: 1 }, stage: { deadlineMs: 120_000 }, leastMs: 70_000 },
      { split: { stable: 2, canary: 3 }, stage: { deadlineMs: 240_000 }, leastMs: 80_000 },
      { split: { stable: 1, canary: 4 }, stage: { deadlineMs: 120_000 } },
    ]);
  });

  it('tells how long it takes at least, and at most where no person is waited for', () => {
    const observe = { until: 'verdict', onTimeout: 'rollback' } as const;
    const { stages } = planRelease({
      stableReplicas: 4,
      canaryReplicas: [1],
      observe,
      confirm: true,
    });
    expect(stages.map(({ leastMs, mostMs }) => [leastMs, mostMs])).toEqual([
      [70_000, 3_720_000],
      [0, undefined],
      [70_000, 3_720_000],
      [0, 0],
    ]);
  });

  it('never plans beyond the surge, and comes as near to a weight as replicas allow', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 8 }),
        // All of the traffic is the full size, whatever the surge would allow beyond it.
        fc.integer({ min: 1, max: 99 }),
        (stableReplicas, maxSurge, weight) => {
          const { stages } = planRelease({ stableReplicas, maxSurge, weights: [weight] });
          const [first] = stages;
          for (const { pods } of stages) {
            expect(pods).toBeLessThanOrEqual(stableReplicas + maxSurge);
            expect(pods).toBeGreaterThanOrEqual(stableReplicas);
          }
          for (let canary = 1; canary <= maxSurge; canary++) {
            const error = Math.abs((100 * canary) / (stableReplicas + canary) - weight);
            expect(Math.abs(first?.errorPoints ?? NaN)).toBeLessThanOrEqual(error + 1e-6);
          }
        },
      ),
    );
  });

  it('takes over in place beside a stable workload whose own size it does not touch', () => {
    const { plan, stages } = planRelease({
      ...{ stableReplicas: 4, weights: [20, 50], takeOver: 'in place', confirm: true },
    });
    expect(plan.stages.map(({ set, gate }) => [set, gate.kind])).toEqual([
      [{ percent: 20, canary: 1 }, 'verdict'],
      [{ percent: 50, canary: 4 }, 'verdict'],
      [{ percent: 50, canary: 4 }, 'person'],
      [{ canary: 4, template: 'canary' }, 'time'],
      [{ canary: 0, template: 'canary', removed: 'canary' }, 'ready'],
    ]);
    expect(stages.map(({ split, share }) => [split.stable, split.canary, share])).toMatchObject([
      [4, 1, { numerator: 1, denominator: 5 }],
      [4, 4, { numerator: 1, denominator: 2 }],
      [4, 4, { numerator: 1, denominator: 2 }],
      [4, 4, { numerator: 1, denominator: 1 }],
      [4, 0, { numerator: 1, denominator: 1 }],
    ]);
  });
});
