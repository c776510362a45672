import { describe, expect, it } from 'vitest';
import { Judging, type Counted, type Shown } from '../testing/judging.ts';

const errors = { metrics: ['errors'] } as const;
const counts = (judging: Judging) => judging.state.metrics.errors?.counts[0];
const all = (at: number, names: readonly string[], late: Readonly<Record<string, number>> = {}) =>
  Object.fromEntries(
    names.map((name): [string, Counted] => [
      name,
      { requests: 10 * at, at: at + (late[name] ?? 0) },
    ]),
  );
const NAMES = ['c', 's1', 's2', 's3'];
const look = (at: number, names = NAMES, late = {}): Shown => [at, all(at, names, late)];

describe('looks at all pods at once', () => {
  it('does without a stable pod that misses one, and takes it in again once it is whole', () => {
    const judging = new Judging(errors);
    judging.there = NAMES;
    judging.looks(look(0), look(1), look(2, ['c', 's1', 's2']));
    expect(counts(judging)).toMatchObject({ n1: 20, n0: 50 });
    // What it counted in two seconds is not held against the canary's one.
    judging.look(look(3));
    expect(counts(judging)).toMatchObject({ n1: 30, n0: 70 });
    judging.look(look(4));
    expect(counts(judging)).toMatchObject({ n1: 40, n0: 100 });
  });

  it('merges a look without the canary, or without most stable pods, into the next', () => {
    for (const names of [NAMES.slice(1), ['c', 's1']]) {
      const judging = new Judging(errors);
      judging.there = NAMES;
      judging.looks(look(0), look(1), look(2, names));
      expect(counts(judging)).toMatchObject({ n1: 10, n0: 30 });
      judging.look(look(3));
      expect(counts(judging)).toMatchObject({ n1: 30, n0: 90 });
    }
  });

  it('merges a look in which an answer came late, but not for ever', () => {
    const judging = new Judging(errors);
    judging.looks(look(0), look(1), look(2, NAMES, { s2: 0.3 }));
    expect(counts(judging)).toMatchObject({ n1: 10 });
    judging.look(look(3));
    expect(counts(judging)).toMatchObject({ n1: 30, n0: 90 });
    const slow = new Judging(errors);
    const everyone = { c: 0.3, s1: 0.3, s2: 0.3, s3: 0.3 };
    slow.looks(...[0, 1, 2, 3, 4, 5, 6, 7].map((at) => look(at, NAMES, everyone)));
    expect(counts(slow)?.n1).toBeGreaterThan(30);
  });

  it('lets go of a canary pod that is silent for long', () => {
    const judging = new Judging(errors);
    const names = ['c1', 'c2', 's1', 's2'];
    judging.there = names;
    judging.looks(look(0, names), look(1, names));
    const rest = ['c1', 's1', 's2'];
    judging.looks(look(2, rest), look(3, rest), look(4, rest));
    expect(counts(judging)).toMatchObject({ n1: 20 });
    judging.look(look(5, rest));
    expect(counts(judging)).toMatchObject({ n1: 60 });
  });
});
