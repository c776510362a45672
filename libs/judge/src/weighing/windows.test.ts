import { describe, expect, it } from 'vitest';
import { Judging, type Counted, type Shown } from '../testing/judging.ts';

const errors = { metrics: ['errors'] } as const;

describe('counting', () => {
  it('merges a look that lacks the canary into the next', () => {
    const judging = new Judging(errors);
    judging.there = ['c'];
    judging.looks(
      [0, { c: {}, s: {} }],
      [10, { c: { requests: 10 }, s: { requests: 10 } }],
      [20, { s: { requests: 200, failed: 100 } }],
    );
    expect(judging.state.metrics.errors?.counts).toMatchObject([{ n1: 10, n0: 10 }]);
    judging.look([30, { c: { requests: 90, failed: 30 }, s: { requests: 300, failed: 100 } }]);
    expect(judging.state.metrics.errors?.counts).toEqual([{ x1: 30, n1: 90, x0: 100, n0: 300 }]);
  });

  it('waits no longer than three intervals for a stable pod that is missing', () => {
    const judging = new Judging(errors);
    judging.there = ['s2'];
    const canary = (requests: number) => ({ c: { requests }, s1: { requests } });
    judging.looks(
      [0, { ...canary(0), s2: {} }],
      [10, { ...canary(10), s2: { requests: 10 } }],
      [20, canary(20)],
      [40, canary(40)],
    );
    expect(judging.state.metrics.errors?.counts).toMatchObject([{ n1: 10, n0: 20 }]);
    judging.look([41, canary(41)]);
    expect(judging.state.metrics.errors?.counts).toMatchObject([{ n1: 41, n0: 51 }]);
    judging.looks([50, { ...canary(50), s2: { requests: 50 } }]);
    expect(judging.state.metrics.errors?.counts).toMatchObject([{ n1: 50, n0: 60 }]);
    // Its window of 40 s began before the one that was weighed: it counts from here on.
    judging.look([60, { ...canary(60), s2: { requests: 60 } }]);
    expect(judging.state.metrics.errors?.counts).toMatchObject([{ n1: 60, n0: 80 }]);
  });

  it('merges requests to one side alone into the next batch', () => {
    const judging = new Judging(errors);
    judging.looks([0, { c: {}, s: {} }], [10, { c: { requests: 5, failed: 2 }, s: {} }]);
    expect(judging.state.requestsAt).toBeUndefined();
    judging.look([20, { c: { requests: 7, failed: 2 }, s: { requests: 9 } }]);
    expect(judging.state.metrics.errors?.counts).toEqual([{ x1: 2, n1: 7, x0: 0, n0: 9 }]);
  });

  it('counts a canary pod from zero that started since the last look', () => {
    const judging = new Judging(errors);
    judging.looks([0, { s: {} }], [10, { s: { requests: 50 }, c: { requests: 9, startedAt: 5 } }]);
    expect(judging.state.metrics.errors?.counts).toMatchObject([{ n1: 9, n0: 50 }]);
  });

  it('leaves out what the stable release did before the canary was there', () => {
    const judging = new Judging(errors);
    const stable = (at: number, failed: number): Shown => [at, { s: { requests: at, failed } }];
    judging.looks(stable(0, 0), ...[100, 200, 300, 400].map((at) => stable(at, 90)));
    judging.looks(...[410, 420].map((at) => stable(at, 90)));
    const canary = { requests: 5, startedAt: 422 };
    judging.look([430, { s: { requests: 430, failed: 90 }, c: canary }]);
    expect(judging.state.metrics.errors?.counts).toEqual([{ x1: 0, n1: 5, x0: 0, n0: 10 }]);
  });

  it('forgets a pod that has gone', () => {
    const judging = new Judging(errors);
    judging.looks([0, { c: {}, s: {} }], [10, { s: {} }]);
    expect(judging.state.pods.map(({ pod }) => pod)).toEqual(['s']);
  });

  it('takes the same sample once more as no news', () => {
    const judging = new Judging(errors);
    const sample = { c: { requests: 5, at: 9 }, s: { requests: 5, at: 9 } };
    judging.looks([0, { c: {}, s: {} }], [10, sample], [12, sample], [14, sample]);
    expect(judging.state.metrics.errors?.counts).toMatchObject([{ n1: 5, n0: 5 }]);
  });
});

describe('samples of different phases', () => {
  /** As from Prometheus: the stable pod is sampled 5 s after the canary. */
  const phased = (i: number, canary: Counted, stable: Counted): Shown => [
    i * 10 + 6,
    { c: { ...canary, at: i * 10 }, s: { ...stable, at: i * 10 - 5 } },
  ];

  it('weighs the stable windows before and after, and lets the smaller evidence count', () => {
    const judging = new Judging(errors);
    // An outage of both from 9 s on: half a second of it in the canary's window, 6 s in the one after.
    judging.looks(
      phased(-1, {}, {}),
      phased(0, { requests: 100 }, { requests: 100 }),
      phased(1, { requests: 200, failed: 10 }, { requests: 200 }),
    );
    expect(judging.state.metrics.errors?.counts).toEqual([{ x1: 0, n1: 100, x0: 0, n0: 100 }]);
    const { logE } = judging.look(
      phased(2, { requests: 300, failed: 110 }, { requests: 300, failed: 60 }),
    );
    expect(judging.state.metrics.errors?.counts).toEqual([{ x1: 10, n1: 200, x0: 60, n0: 200 }]);
    expect(logE).toBeLessThan(0);
  });

  it('never holds an outage that both share against the canary', () => {
    // Everything fails from second 33 to 93, one request a second.
    const failedAt = (at: number) => Math.min(60, Math.max(0, at - 33)) * 20;
    for (let phase = 0; phase < 10; phase++) {
      const judging = new Judging(errors);
      let most = 0;
      for (let at = 10; at < 200; at += 10) {
        const [c, s] = [at, at - phase];
        const counted = (t: number) => ({ at: t, requests: 20 * t, failed: failedAt(t) });
        most = Math.max(most, judging.look([at + 1, { c: counted(c), s: counted(s) }]).logE);
      }
      expect(most).toBeLessThan(Math.log(1.5));
    }
  });

  it('takes samples a few milliseconds apart as taken at once', () => {
    const judging = new Judging(errors);
    const at = (t: number, requests: number): Shown => [
      t,
      { c: { requests, at: t + 0.02 }, s1: { requests, at: t }, s2: { requests, at: t + 0.05 } },
    ];
    judging.looks(at(0, 0), at(5, 10));
    expect(judging.state.metrics.errors?.counts).toMatchObject([{ n1: 10, n0: 20 }]);
  });
});
