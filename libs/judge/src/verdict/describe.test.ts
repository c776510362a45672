import { describe, expect, it } from 'vitest';
import { Judging, type Shown } from '../testing/judging.ts';
import { describe as lineOf } from './describe.ts';

const errors = { metrics: ['errors'] } as const;
const none: Shown = [0, { c: {}, s: {} }];
const failing = [1, 2, 3].map((at): Shown => [
  at,
  { c: { requests: 10 * at, failed: 5 * at }, s: { requests: 40 * at } },
]);
const well = (at: number, requests = at * 100): Shown => [
  at,
  { c: { requests, failed: at }, s: { requests: 4 * requests, failed: 4 * at } },
];

describe('describe', () => {
  it('says on which counts it was rolled back', () => {
    expect(lineOf(new Judging(errors).looks(none, ...failing))).toBe(
      'rolled back after 3 s: 15 of 30 requests to 2.0.0 failed, 0 of 120 to 1.0.0 (evidence 655, needed 100)',
    );
  });

  it('says that it is plainly broken', () => {
    const judging = new Judging({ ...errors, alpha: 1e-12 });
    const broken = (i: number): Shown => [
      i * 3,
      { c: { requests: 10 * i, failed: 9 * i }, s: { requests: 40 * i } },
    ];
    expect(lineOf(judging.looks(none, broken(1), broken(2)))).toMatchInlineSnapshot(
      `"rolled back after 6 s: plainly broken, 18 of 20 requests to 2.0.0 failed, 0 of 80 to 1.0.0 (evidence 66.1, needed 1,000,000,000,000)"`,
    );
  });

  it('names the threshold of latency', () => {
    const slow = Array.from({ length: 9 }, (_, i): Shown => [
      i * 5,
      { c: { requests: 100 * i, fast: 60 * i }, s: { requests: 400 * i, fast: 390 * i } },
    ]);
    const judging = new Judging({ warmUpSeconds: 0 });
    expect(lineOf(judging.looks(...slow))).toMatchInlineSnapshot(
      `"rolled back after 40 s: 280 of 700 requests to 2.0.0 took longer than 0.1 s, 70 of 2,800 to 1.0.0 (evidence 2.3e6, needed 100)"`,
    );
  });

  it('counts restarts by seconds', () => {
    const crashing = Array.from({ length: 20 }, (_, i): Shown => [
      i * 5,
      { c: { startedAt: i * 5 - 1 }, s1: {}, s2: {} },
    ]);
    expect(lineOf(new Judging().looks(...crashing))).toMatchInlineSnapshot(
      `"rolled back after 95 s: 19 restarts in 95 s of 2.0.0's pods, 0 restarts in 190 s of 1.0.0's pods (evidence 4.7e6, needed 100)"`,
    );
  });

  it('says what a promotion speaks of', () => {
    const judging = new Judging({ warmUpSeconds: 0, margin: 0.05, latencyObjectiveSeconds: 0.5 });
    const looks = Array.from({ length: 14 }, (_, i) => well(i * 5));
    expect(lineOf(judging.looks(...looks))).toMatchInlineSnapshot(
      `"promoted after 65 s: 65 of 6,500 requests to 2.0.0 failed, 260 of 26,000 to 1.0.0; 0 of 6,000 requests to 2.0.0 took longer than the objective, 0 of 24,000 to 1.0.0 (evidence of safety 1.2e94, needed 20)"`,
    );
  });

  it('says that it is undecided', () => {
    const judging = new Judging(errors);
    judging.look(none);
    expect(lineOf(judging.look(well(5)))).toMatchInlineSnapshot(
      `"undecided after 5 s: 5 of 500 requests to 2.0.0 failed, 20 of 2,000 to 1.0.0 (evidence 0.567, needed 100; of safety 0.939, needed 20)"`,
    );
  });

  it('says that pods are new', () => {
    const judging = new Judging({ ...errors, warmUpSeconds: 30 });
    expect(lineOf(judging.looks(none, well(5)))).toContain(
      '20 of 2,000 to 1.0.0, as its pods are new some failures are borne with (',
    );
    judging.looks(well(30), well(35));
    expect(lineOf(judging.look(well(40)))).not.toContain('new');
  });

  it('says why it holds, or hangs', () => {
    const both = Array.from({ length: 40 }, (_, at): Shown => [
      at,
      { c: { requests: 10 * at, failed: 6 * at }, s: { requests: 40 * at, failed: 24 * at } },
    ]);
    expect(lineOf(new Judging(errors).looks(...both))).toMatchInlineSnapshot(
      `"held after 39 s: both releases fail most of their requests, so that no comparison helps: 234 of 390 requests to 2.0.0 failed, 936 of 1,560 to 1.0.0"`,
    );
    const stuck = Array.from({ length: 20 }, (_, at): Shown => [
      at,
      { c: { inFlight: 9 }, s: { requests: 40 * at, inFlight: 1 } },
    ]);
    expect(lineOf(new Judging(errors).looks(...stuck))).toMatchInlineSnapshot(
      `"rolled back after 19 s: 2.0.0 takes requests and answers none; 1.0.0 has answered 40 since the last look"`,
    );
  });

  it('says with every verdict what is not judged', () => {
    const notJudged = [{ metric: 'latency', why: 'its histogram has only +Inf' }] as const;
    const tail = '; latency is not judged: its histogram has only +Inf';
    const judging = new Judging(errors);
    expect(lineOf(judging.look(none, { notJudged })).endsWith(`yet${tail}`)).toBe(true);
    const lines = failing.map((one) => lineOf(judging.look(one, { notJudged })));
    expect(lines.at(-1)!.endsWith(`needed 100)${tail}`)).toBe(true);
  });

  it('says whose requests are missing, and what is in the way', () => {
    const judging = new Judging(errors);
    expect(lineOf(judging.look(none))).toMatchInlineSnapshot(
      `"no data after 0 s: no requests to 2.0.0 and 1.0.0 yet"`,
    );
    const half: Shown = [5, { c: {}, s: { requests: 20 } }];
    const blocker = 'c2 cannot be scraped: connection refused';
    expect(lineOf(judging.look(half, { blocker }))).toMatchInlineSnapshot(
      `"no data after 5 s: no requests to 2.0.0 yet; not to be promoted: c2 cannot be scraped: connection refused"`,
    );
    judging.look([10, { c: { requests: 9 }, s: { requests: 30 } }]);
    expect(
      lineOf(judging.look([80, { c: { requests: 9 }, s: { requests: 90 } }])),
    ).toMatchInlineSnapshot(`"no data after 80 s: no requests to 2.0.0 any more"`);
  });
});
