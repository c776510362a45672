import { describe, expect, it } from 'vitest';
import { Judging, type Counted, type Shown } from '../testing/judging.ts';

const errors = { metrics: ['errors'], margin: 0.05 } as const;
const STABLES = ['s1', 's2', 's3', 's4'];
/** Looks every second; requests per second of the canary, of each stable pod, and requests under way. */
const looks = (
  seconds: number,
  canary: number | undefined,
  inFlight?: readonly [canary: number, stable: number],
): Shown[] =>
  Array.from({ length: seconds + 1 }, (_, at) => {
    const gauge = (which: 0 | 1) => (inFlight ? { inFlight: inFlight[which] } : {});
    const stables = STABLES.map((name): [string, Counted] => [
      name,
      { requests: 10 * at, ...gauge(1) },
    ]);
    const own = canary === undefined ? {} : { c: { requests: canary * at, ...gauge(0) } };
    return [at, { ...own, ...Object.fromEntries(stables) }];
  });
const more = { expectedShare: undefined };
const judged = (shown: readonly Shown[], also = {}) => {
  const judging = new Judging(errors);
  return shown.map((one) => judging.look(one, { ...more, ...also }));
};

describe('a canary whose requests hang', () => {
  it('is not promoted where it completes less than its share', () => {
    const all = judged(looks(120, 7));
    expect(all.map(({ verdict }) => verdict)).not.toContain('promote');
    expect(all.at(-1)!.blocker).toMatch(
      /^2\.0\.0 has completed 840 of 5,640 requests, its share would be 1,128: /,
    );
  });

  it('is promoted where it completes its share, or nearly', () => {
    expect(judged(looks(90, 10)).at(-1)!.verdict).toBe('promote');
    expect(judged(looks(90, 9.5)).at(-1)!.verdict).toBe('promote');
  });

  it('is promoted with less where as few are under way as elsewhere: it just gets fewer', () => {
    expect(judged(looks(90, 6, [1, 1])).at(-1)!.verdict).toBe('promote');
    expect(judged(looks(90, 6, [25, 1])).at(-1)!.blocker).toContain('requests under way');
  });

  it('bears with stable pods that get uneven shares themselves', () => {
    const uneven = looks(90, 5).map(([at, { c, s1, ...rest }]): Shown => [
      at,
      { c: c!, s1: { ...s1, requests: 35 * at }, ...rest },
    ]);
    expect(judged(uneven).at(-1)!.verdict).toBe('promote');
  });

  it('is rolled back where it takes requests and completes none for long', () => {
    const all = judged(looks(30, 0, [40, 1]));
    const at = all.findIndex(({ verdict }) => verdict === 'roll back');
    expect(all[at]).toMatchObject({ ground: 'hanging', hanging: 'stuck' });
    expect(at).toBeGreaterThan(10);
    expect(at).toBeLessThan(20);
  });

  it('is rolled back where not even its counters are answered', () => {
    const unanswered = [{ pod: 'c', release: '2.0.0' }];
    const all = judged(looks(30, undefined), { unanswered });
    const at = all.findIndex(({ verdict }) => verdict === 'roll back');
    expect(all[at]).toMatchObject({ ground: 'hanging', hanging: 'silent' });
    expect(at).toBeLessThan(20);
  });

  it('is "no data" where it simply gets no request', () => {
    const last = judged(looks(90, 0, [0, 1])).at(-1)!;
    expect(last).toMatchObject({ verdict: 'no data', hanging: undefined });
    expect(judged(looks(90, undefined)).at(-1)!.verdict).toBe('no data');
  });
});
