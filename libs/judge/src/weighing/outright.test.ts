import { describe, expect, it } from 'vitest';
import { Judging, type Shown } from '../testing/judging.ts';

const errors = { metrics: ['errors'], warmUpSeconds: 30 } as const;
/** Looks every second; requests and failures per second of the canary and of the stable pod. */
const looks = (
  seconds: number,
  canary: readonly [requests: number, failed: number],
  stable: readonly [requests: number, failed: number] = [8, 0],
): Shown[] =>
  Array.from({ length: seconds + 1 }, (_, at) => [
    at,
    {
      c: { requests: canary[0] * at, failed: canary[1] * at },
      s: { requests: stable[0] * at, failed: stable[1] * at },
    },
  ]);

describe('a canary that fails from its first request on', () => {
  it('is found after three requests, though it is new', () => {
    const judgement = new Judging(errors).looks(...looks(2, [2, 2]));
    expect(judgement).toMatchObject({ verdict: 'roll back', ground: 'broken' });
  });

  it('is not found with fewer, nor where others fail as well', () => {
    expect(new Judging(errors).looks(...looks(1, [2, 2])).verdict).toBe('undecided');
    expect(new Judging(errors).looks(...looks(2, [2, 2], [8, 2])).verdict).toBe('undecided');
  });

  it('is another thing once it has answered well', () => {
    const judging = new Judging(errors);
    judging.looks(...looks(1, [1, 0]));
    expect(judging.state.first).toBeUndefined();
  });
});

describe('a canary that is new', () => {
  it('may fail more for a while, and not for good', () => {
    const judging = new Judging(errors);
    const all = looks(120, [20, 2], [80, 1]);
    expect(judging.looks(...all.slice(0, 31)).verdict).toBe('undecided');
    expect(all.slice(31).map((one) => judging.look(one).verdict)).toContain('roll back');
  });

  it('is found at once where it fails most requests', () => {
    const verdicts = looks(5, [20, 15], [80, 1]).map((one, _, all) => [one, all] as const);
    const judging = new Judging(errors);
    expect(verdicts.map(([one]) => judging.look(one).verdict)).toContain('roll back');
  });

  it('counts from when it is ready, whatever the clock of its process says', () => {
    const judging = new Judging(errors);
    const unready = (at: number): Shown => [at, { c: { ready: false }, s: { requests: 80 * at } }];
    judging.looks(...Array.from({ length: 60 }, (_, at) => unready(at)));
    judging.look([60, { c: { requests: 20, failed: 2, startedAt: -500 }, s: { requests: 4800 } }]);
    expect(judging.state.metrics.errors?.worse).toBeUndefined();
    expect(judging.state.metrics.errors?.cold).toBeDefined();
  });
});

describe('what both releases share', () => {
  it('holds a release in which both fail most of their requests for half a minute', () => {
    const judging = new Judging({ ...errors, warmUpSeconds: 0 });
    const shown = looks(60, [10, 6], [40, 24]);
    const verdicts = shown.map((one) => judging.look(one).verdict);
    expect(verdicts.indexOf('hold')).toBe(31);
    expect(judging.look([61, shown.at(-1)![1]])).toMatchObject({ ground: 'both failing' });
  });

  it('holds one that breaks an objective, and names it', () => {
    const judging = new Judging({ ...errors, warmUpSeconds: 0, objectiveErrors: 0.01 });
    const judgement = judging.looks(...looks(60, [20, 1], [80, 4]));
    expect(judgement).toMatchObject({ verdict: 'hold', ground: 'objective' });
    expect(judgement.blocker).toBe("more than 1 % of the canary's requests fail, its objective");
  });

  it('does not mind one that keeps its objectives', () => {
    const objectives = { objectiveErrors: 0.1, objectiveLatency: { seconds: 1, share: 0.05 } };
    const judging = new Judging({ ...errors, warmUpSeconds: 0, ...objectives, margin: 0.05 });
    expect(judging.looks(...looks(90, [20, 1], [80, 4])).verdict).toBe('promote');
  });
});
