import { describe, expect, it } from 'vitest';
import { Judging, type Counted } from '../testing/judging.ts';
import type { Judgement } from '../verdict/decide.ts';

const EVERY = 10;

interface Pod {
  /** Scraped at this second, and every ten seconds after it. */
  readonly first: number;
  /** Scrapes that do not happen. */
  readonly missing?: readonly number[];
  /** The share of its ten requests a second that fails. */
  readonly failing?: number;
}

/** Looks once a second from 0 on, as at Prometheus: the newest sample of every pod. */
class Prometheus {
  readonly judging = new Judging({ metrics: ['errors'] });
  readonly #pods: Readonly<Record<string, Pod>>;
  #now = -1;

  constructor(pods: Readonly<Record<string, Pod>>) {
    this.#pods = pods;
    this.judging.there = Object.keys(pods);
  }

  /** What the last look says. */
  until(second: number) {
    let judgement: Judgement | undefined;
    while (this.#now < second) {
      this.#now++;
      judgement = this.judging.look([this.#now, this.#shown()]);
    }
    return judgement!;
  }

  get early() {
    return this.judging.state.metrics.errors?.early;
  }

  get counts() {
    return this.judging.state.metrics.errors?.counts[0];
  }

  #shown(): Record<string, Counted> {
    const shown: Record<string, Counted> = {};
    for (const [pod, { first, missing = [], failing = 0 }] of Object.entries(this.#pods)) {
      let at = first + Math.floor((this.#now - first) / EVERY) * EVERY;
      while (missing.includes(at)) at -= EVERY;
      if (at < first) continue;
      const requests = 10 * (at - first) + 1000;
      shown[pod] = { at, requests, failed: failing * requests };
    }
    return shown;
  }
}

describe('a canary’s window that is weighed early', () => {
  it('is held at once against the pods sampled just before it, and no others', () => {
    const source = new Prometheus({ c: { first: -2 }, s1: { first: -4 }, s2: { first: -8 } });
    source.until(7);
    expect(source.early).toBeUndefined();
    source.until(8);
    expect(source.early?.counts).toEqual({ x1: 0, n1: 100, x0: 0, n0: 100 });
    expect(source.counts).toBeUndefined();
  });

  it('is held against the pod sampled soonest after it, where none was just before', () => {
    const source = new Prometheus({ c: { first: -8 }, s1: { first: -3 }, s2: { first: -5 } });
    source.until(4);
    expect(source.early?.counts.n1).toBe(0);
    source.until(5);
    expect(source.early?.counts).toEqual({ x1: 0, n1: 100, x0: 0, n0: 100 });
    expect(source.counts).toBeUndefined();
  });

  it('rolls a broken canary back long before all pods were sampled', () => {
    const pods = { s1: { first: -4 }, s2: { first: -8 }, s3: { first: -3 } };
    const source = new Prometheus({ c: { first: -2, failing: 1 }, ...pods });
    expect(source.until(7).verdict).toBe('no data');
    const { verdict, most } = source.until(8);
    expect(verdict).toBe('roll back');
    expect(most).toMatchObject({
      canary: { events: 100, of: 100 },
      stable: { events: 0, of: 200 },
    });
  });

  it('has a quarter of the error budget, and the full comparison the rest', () => {
    const pods = { s1: { first: -4 }, s2: { first: -8 }, s3: { first: -3 } };
    const source = new Prometheus({ c: { first: -2, failing: 1 }, ...pods });
    const soon = source.until(8);
    expect(soon.logE).toBeCloseTo(soon.most.logEarly! + Math.log(1 / 4), 9);
    const mild = new Prometheus({ c: { first: -2, failing: 0.3 }, ...pods }).until(40);
    expect(mild.most.logE).toBeGreaterThan(mild.most.logEarly! + 3);
    expect(mild.logE).toBeCloseTo(mild.most.logE + Math.log(3 / 4), 9);
  });

  it('takes no pod instead of a chosen one that was not sampled', () => {
    const pods = { s1: { first: -4, missing: [6] }, s2: { first: -8 } };
    const source = new Prometheus({ c: { first: -2 }, ...pods });
    source.until(15);
    expect(source.early?.counts.n1).toBe(0);
    source.until(17);
    expect(source.early?.counts).toEqual({ x1: 0, n1: 100, x0: 0, n0: 200 });
  });

  it('does without it altogether, where another chosen one was', () => {
    const pods = { s1: { first: -4, missing: [6] }, s2: { first: -3 }, s3: { first: -8 } };
    const source = new Prometheus({ c: { first: -2 }, ...pods });
    source.until(15);
    expect(source.early?.counts.n1).toBe(0);
  });

  it('is let go when the next one begins, and a pod that has gone is not waited for', () => {
    const pods = { s1: { first: -4, missing: [6, 16, 26, 36, 46, 56] }, s2: { first: -8 } };
    const source = new Prometheus({ c: { first: -2 }, ...pods });
    source.until(27);
    expect(source.early?.counts.n1).toBe(0);
    source.until(58);
    expect(source.counts?.n1).toBeGreaterThan(0);
  });

  it('uses no stable window twice', () => {
    // First seen within the canary's window, and sampled soonest after it; near its end from then on.
    const source = new Prometheus({ c: { first: -9 }, s1: { first: -1 } });
    source.until(9);
    expect(source.early?.counts).toMatchObject({ n1: 100, n0: 100 });
    source.until(11);
    expect(source.early?.counts).toMatchObject({ n1: 100, n0: 100 });
    source.until(21);
    expect(source.early?.counts).toMatchObject({ n1: 200, n0: 200 });
  });

  it('is not there where samples are taken at once, or nearly', () => {
    const pods = { s1: { first: 0.05 }, s2: { first: 0 }, s3: { first: 0, missing: [10, 20] } };
    const source = new Prometheus({ c: { first: 0.02 }, ...pods });
    source.until(60);
    expect(source.early).toBeUndefined();
    expect(source.counts?.n1).toBeGreaterThan(0);
  });

  it('never begins in a state whose windows were weighed without it', () => {
    const source = new Prometheus({ c: { first: -2 }, s1: { first: -4 }, s2: { first: -8 } });
    source.until(16);
    const { state } = source.judging;
    const errors = { ...state.metrics.errors!, early: undefined };
    source.judging.state = { ...state, early: undefined, metrics: { errors } };
    source.until(60);
    expect(source.early).toBeUndefined();
    expect(source.counts).toMatchObject({ n1: 500 });
  });
});

describe('a stable pod that was sampled only once', () => {
  it('is waited for as long as the others would be', () => {
    // The canary's second sample comes before the second of any stable pod.
    const source = new Prometheus({ c: { first: -9 }, s1: { first: -3 }, s2: { first: -1 } });
    // The canary's first window has none before it, and is weighed with the second.
    source.until(18);
    expect(source.counts).toBeUndefined();
    source.until(19);
    expect(source.counts).toMatchObject({ n1: 200, n0: 400 });
  });

  it('is not waited for where most others have come', () => {
    const judging = new Judging({ metrics: ['errors'] });
    const stable = (at: number, names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, { at, requests: 10 * at }]));
    const earlier = stable(0, ['s1']);
    const canary = { c: { at: 10, requests: 50, startedAt: 2 } };
    const names = ['s1', 's2', 's3', 's4'];
    judging.there = names;
    judging.looks(
      [0, stable(0, names)],
      [10, { ...earlier, ...stable(10, names.slice(2)), ...canary }],
    );
    expect(judging.state.metrics.errors).toBeUndefined();
    judging.look([
      11,
      { ...earlier, ...stable(11, ['s2']), c: { ...canary.c, at: 11, requests: 55 } },
    ]);
    expect(judging.state.metrics.errors?.counts[0]).toMatchObject({ n1: 50, n0: 310 });
  });

  it('is waited for a minute, where no interval is known', () => {
    const judging = new Judging({ metrics: ['errors'] });
    const stable = { s: { at: 0, requests: 5 } };
    const canary = { at: 7, requests: 50, startedAt: 2 };
    judging.looks([0, stable], [2, stable], [7, { ...stable, c: { ...canary, startedAt: 2.5 } }]);
    expect(judging.state.cut).toBeDefined();
    judging.look([59, { ...stable, c: canary }]);
    expect(judging.state.cut).toBeDefined();
    judging.look([61, { ...stable, c: canary }]);
    expect(judging.state.cut).toBeUndefined();
  });
});
