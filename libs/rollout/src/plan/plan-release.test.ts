import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paceOf } from './plan.ts';
import { planRelease, type ReleaseWish } from './plan-release.ts';

const shown = (wish: ReleaseWish) =>
  planRelease(wish).steps.map(({ step, split, share, surge, errorPoints }) => {
    const what = step.kind === 'observe' && step.bake ? 'bake' : step.kind;
    const parts = `${what} ${split.stable} + ${split.canary}`;
    const error = errorPoints === undefined ? '' : `, off by ${errorPoints.toFixed(1)}`;
    return `${parts}: ${share.numerator}/${share.denominator}, surge ${surge}${error}`;
  });

describe('planRelease', () => {
  it.each<[Partial<ReleaseWish>, string]>([
    [{ stableReplicas: 0 }, 'stableReplicas 0 must be a whole number from 1: scale'],
    [{ maxSurge: 0.5 }, 'maxSurge 0.5 must be a whole number from 0'],
    [{ maxSurge: 0 }, 'maxSurge 0 leaves no room to move: allow 1, or lower minReady 4 by 1'],
    [{ minReady: 5 }, 'minReady 5 must be a whole number from 0 to 4'],
    [{ readySeconds: 0 }, 'readySeconds 0 must be above 0, such as 120'],
    [{ graceSeconds: -1 }, 'graceSeconds -1 must be at least 0'],
    [{ weights: [20] }, 'give one of canaryReplicas, weights and steps, not canaryReplicas and'],
    [
      { canaryReplicas: [9] },
      'step 1 (scale): 0 + 9 replicas are more than 8: allow maxSurge 5, or ask for fewer',
    ],
    [{ canaryReplicas: [1.5] }, 'step 1 (scale): canary 1.5 must be a whole number from 0'],
    [
      { observe: { until: 'verdict', soakSeconds: 90, limitSeconds: 60 } },
      'step 2 (observe): soakMs 90000 is longer than limitMs 60000: no verdict could count',
    ],
    [{ observe: { until: 'time', seconds: 0 } }, 'step 2 (observe): ms 0 must be above 0'],
    [{ observe: { until: 'verdict', everySeconds: 0 } }, 'everySeconds 0 must be above 0'],
    [{ bakeSeconds: -1 }, 'bakeSeconds -1 must be at least 0, such as 60'],
    [{ bakeSeconds: Infinity }, 'bakeSeconds Infinity must be at least 0, such as 60'],
    [
      { canaryReplicas: [4], maxSurge: 0, minReady: 3 },
      'step 1 (scale): 0 + 4 replicas leave no stable one to compare the canary with: allow maxSurge 1',
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

  it.each<[NonNullable<ReleaseWish['steps']>, string]>([
    [[], 'the plan has no step'],
    [[{ kind: 'retire' }], 'step 1 (retire): the canary alone has 0 replicas of at least 4'],
    [
      [{ kind: 'scale', stable: 1, canary: 1, deadlineMs: 1000 }],
      'step 1 (scale): 1 + 1 replicas are fewer than minReady 4: ask for more',
    ],
    [
      [
        { kind: 'scale', stable: 4, canary: 4, deadlineMs: 1000 },
        { kind: 'retire' },
        { kind: 'confirm' },
      ],
      'retire must be the last step',
    ],
  ])('rejects the steps %j', (steps, says) => {
    expect(() => planRelease({ stableReplicas: 4, steps })).toThrow(says);
  });

  it("plans the article's release: a fifth, not the 30 % that it speaks of", () => {
    expect(shown({ stableReplicas: 4, canaryReplicas: [1] })).toEqual([
      'scale 4 + 1: 1/5, surge 1',
      'observe 4 + 1: 1/5, surge 1',
      'scale 4 + 4: 1/2, surge 4',
      'bake 4 + 4: 1/2, surge 4',
      'retire 0 + 4: 1/1, surge 0',
    ]);
  });

  it('says in advance what comes of weights that replicas cannot give', () => {
    expect(shown({ stableReplicas: 5, weights: [10, 50, 100], maxSurge: 1 })).toEqual([
      'scale 5 + 1: 1/6, surge 1, off by 6.7',
      'observe 5 + 1: 1/6, surge 1, off by 6.7',
      'scale 3 + 3: 1/2, surge 1, off by 0.0',
      'observe 3 + 3: 1/2, surge 1, off by 0.0',
      'scale 1 + 5: 5/6, surge 1, off by -16.7',
      'bake 1 + 5: 5/6, surge 1, off by -16.7',
      'retire 0 + 5: 1/1, surge 0',
    ]);
  });

  it.each<[string, Partial<ReleaseWish>, string[]]>([
    [
      'one replica',
      { stableReplicas: 1, canaryReplicas: [1] },
      ['scale 1 + 1', 'bake 1 + 1', 'retire 0 + 1'],
    ],
    ['all at once', { canaryReplicas: [4] }, ['scale 4 + 4', 'bake 4 + 4', 'retire 0 + 4']],
    ['all of the traffic', { weights: [100] }, ['scale 1 + 4', 'bake 1 + 4', 'retire 0 + 4']],
    [
      'the full size as the last split',
      { canaryReplicas: [1, 4] },
      ['scale 4 + 1', 'observe 4 + 1', 'scale 4 + 4', 'bake 4 + 4', 'retire 0 + 4'],
    ],
    [
      'a person asked at full size',
      { canaryReplicas: [4], confirm: true },
      ['scale 4 + 4', 'observe 4 + 4', 'confirm 4 + 4', 'bake 4 + 4', 'retire 0 + 4'],
    ],
    [
      'a person asked before',
      { canaryReplicas: [1], confirm: true },
      [
        'scale 4 + 1',
        'observe 4 + 1',
        'confirm 4 + 1',
        'scale 4 + 4',
        'bake 4 + 4',
        'retire 0 + 4',
      ],
    ],
    [
      'no bake',
      { canaryReplicas: [1], bakeSeconds: 0 },
      ['scale 4 + 1', 'observe 4 + 1', 'scale 4 + 4', 'retire 0 + 4'],
    ],
    [
      'no bake of a split that is the full size',
      { canaryReplicas: [4], bakeSeconds: 0 },
      ['scale 4 + 4', 'bake 4 + 4', 'retire 0 + 4'],
    ],
  ])('observes every split, and the canary at full size: %s', (_, wish, steps) => {
    const planned = shown({ stableReplicas: 4, ...wish });
    expect(planned.map((line) => line.replace(/:.*/, ''))).toEqual(steps);
  });

  const bakeOf = (wish: Partial<ReleaseWish>) =>
    planRelease({ stableReplicas: 4, canaryReplicas: [1], ...wish }).plan.steps.find(
      (step) => step.kind === 'observe' && step.bake,
    );

  it('bakes until the verdict, for as long as is asked, and leaves time for one', () => {
    expect(bakeOf({})).toMatchObject({ until: 'verdict', soakMs: 60_000, limitMs: 3_600_000 });
    const observe = { until: 'verdict', soakSeconds: 90, limitSeconds: 100 } as const;
    expect(bakeOf({ observe })).toMatchObject({ soakMs: 60_000, limitMs: 120_000 });
    expect(bakeOf({ observe, bakeSeconds: 5 })).toMatchObject({ soakMs: 5000, limitMs: 100_000 });
    // The only observation is both: the longer time counts.
    expect(bakeOf({ observe, canaryReplicas: [4] })).toMatchObject({ soakMs: 90_000 });
    expect(bakeOf({ canaryReplicas: [4], bakeSeconds: 80 })).toMatchObject({ soakMs: 80_000 });
  });

  it('bakes for a time where splits are observed for a time, or nothing is left to compare with', () => {
    const observe = { until: 'time', seconds: 30 } as const;
    expect(bakeOf({ observe })).toMatchObject({ until: 'time', ms: 60_000 });
    expect(bakeOf({ observe, bakeSeconds: 5 })).toMatchObject({ until: 'time', ms: 5000 });
    expect(bakeOf({ observe, bakeSeconds: 5, canaryReplicas: [4] })).toMatchObject({ ms: 30_000 });
    expect(bakeOf({ maxSurge: 0, minReady: 3 })).toMatchObject({ until: 'time', ms: 60_000 });
  });

  it('has one pace of looks; plans of before have one with each observation', () => {
    const observe = { until: 'verdict', everySeconds: 2 } as const;
    expect(paceOf(planRelease({ stableReplicas: 4, weights: [20], observe }).plan)).toBe(2000);
    expect(paceOf(planRelease({ stableReplicas: 4, weights: [20] }).plan)).toBe(10_000);
    const old = { kind: 'observe', until: 'time', ms: 9000, everyMs: 3000 } as const;
    expect(paceOf({ steps: [{ kind: 'confirm' }, old] })).toBe(3000);
  });

  it('takes as many stable replicas away as the surge asks for, and gives each round its time', () => {
    const { steps } = planRelease({ stableReplicas: 4, canaryReplicas: [1, 3], maxSurge: 1 });
    expect(steps.filter(({ step }) => step.kind === 'scale')).toMatchObject([
      { split: { stable: 4, canary: 1 }, step: { deadlineMs: 120_000 }, leastMs: 10_000 },
      { split: { stable: 2, canary: 3 }, step: { deadlineMs: 240_000 }, leastMs: 20_000 },
      { split: { stable: 1, canary: 4 }, step: { deadlineMs: 120_000 } },
    ]);
  });

  it('tells how long it takes at least, and at most where no person is waited for', () => {
    const observe = { until: 'verdict', onTimeout: 'rollback' } as const;
    const { steps } = planRelease({
      stableReplicas: 4,
      canaryReplicas: [1],
      observe,
      confirm: true,
    });
    expect(steps.map(({ leastMs, mostMs }) => [leastMs, mostMs])).toEqual([
      [10_000, 120_000],
      [60_000, 3_600_000],
      [0, undefined],
      [10_000, 120_000],
      [60_000, 3_600_000],
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
          const { steps } = planRelease({ stableReplicas, maxSurge, weights: [weight] });
          const [first] = steps;
          for (const { pods } of steps) {
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
});
