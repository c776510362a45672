import { describe, expect, it } from 'vitest';
import { judgeOptions } from '../options.ts';
import { Judging, type Shown } from '../testing/judging.ts';

const errors = { metrics: ['errors'] } as const;
/** Error-free looks every 5 s, with 250 requests to each pod. */
const healthy = (seconds: number, pods = ['c', 's1', 's2', 's3', 's4']): Shown[] =>
  Array.from({ length: seconds / 5 + 1 }, (_, i) => [
    i * 5,
    Object.fromEntries(pods.map((pod) => [pod, { requests: 250 * i }])),
  ]);

describe('latency', () => {
  const latency = { metrics: ['errors', 'latency'], warmUpSeconds: 0 } as const;
  /** 100 requests a look, of which so many take longer than 0.1 s. */
  const slow = (i: number, canary: number, stable: number): Shown => [
    i * 5,
    {
      c: { requests: 100 * i, fast: (100 - canary) * i },
      s: { requests: 400 * i, fast: 400 * i - stable * 4 * i },
    },
  ];
  const looks = (canary: number, stable: number) =>
    Array.from({ length: 20 }, (_, i) => slow(i, canary, stable));

  it('rolls back a canary that is slower than the bucket of the past 90th percentile', () => {
    const judgement = new Judging(latency).looks(...looks(30, 5));
    expect(judgement).toMatchObject({
      verdict: 'roll back',
      most: { metric: 'latency', slowerThan: 0.1, canary: { of: 1800 } },
    });
  });

  it('does not mind one that is a tenth slower, unless any difference counts', () => {
    expect(new Judging(latency).looks(...looks(33, 30)).verdict).toBe('undecided');
    const strict = new Judging({ ...latency, latencyTest: 'same law' });
    expect(strict.looks(...looks(45, 30)).verdict).toBe('roll back');
  });

  it('leaves out what a process did before it was warm', () => {
    const cold = new Judging({ ...latency, warmUpSeconds: 30 });
    const shown = looks(100, 0).map(([at, { c, s }]) => [at, { s, c: { ...c, startedAt: 1 } }]);
    const opinions = shown.map((one) => cold.look(one as unknown as Shown).verdict);
    expect(opinions.indexOf('roll back')).toBe(9);
  });

  it('is not misled by a canary with other buckets', () => {
    const judging = new Judging(latency);
    const bounds = { canary: [1, Infinity], stable: [0.1, 1, Infinity] };
    const verdicts = looks(100, 0).map((one) => judging.look(one, { bounds }).verdict);
    expect(verdicts).not.toContain('roll back');
  });

  it('promotes only with the objective met, and not before it was measured', () => {
    const wanted = { ...latency, latencyObjectiveSeconds: 0.1, margin: 0.1 };
    expect(new Judging(wanted).looks(...looks(0, 0)).verdict).toBe('promote');
    const worse = { ...judgeOptions().worse, latency: { times: 3, plus: 0 } };
    const slower = new Judging({ ...wanted, margin: 0.01, worse });
    expect(slower.looks(...looks(20, 10)).verdict).toBe('undecided');
    const unmeasured = new Judging({ ...wanted, warmUpSeconds: 1e9 }).looks(...looks(0, 0));
    expect(unmeasured.verdict).toBe('undecided');
    expect(unmeasured.blocker).toContain('latencyObjectiveSeconds 0.1 is not measured yet');
  });
});

describe('restarts', () => {
  it('are judged without any traffic', () => {
    const judging = new Judging();
    const crashing = Array.from({ length: 30 }, (_, i): Shown => [
      i * 5,
      { c: { startedAt: i * 5 - 1 }, s1: {}, s2: {}, s3: {}, s4: {} },
    ]);
    expect(judging.looks(...crashing)).toMatchObject({
      verdict: 'roll back',
      most: { metric: 'restarts', canary: { events: 29, of: 145 }, stable: { events: 0, of: 580 } },
    });
  });
});

describe('robust', () => {
  const bursts = (i: number): Shown => {
    const failed = i === 0 ? 0 : 40;
    const pods = ['c', 's1', 's2', 's3', 's4'];
    return [
      i * 10,
      Object.fromEntries(
        pods.map((pod) => [pod, { requests: 100 * i, failed: pod === 'c' ? failed : 0 }]),
      ),
    ];
  };
  const looks = Array.from({ length: 13 }, (_, i) => bursts(i));

  it('does not roll back for one burst of one pod', () => {
    expect(new Judging(errors).looks(...looks).verdict).toBe('roll back');
    expect(new Judging({ ...errors, robust: true }).looks(...looks).verdict).toBe('undecided');
  });

  it('rolls back where the canary is the worst in block after block', () => {
    const always = looks.map(([at, pods]): Shown => [
      at,
      { ...pods, c: { requests: 10 * at, failed: 2 * at } },
    ]);
    const judging = new Judging({ ...errors, robust: true });
    const verdicts = always.map((one) => judging.look(one).verdict);
    expect(verdicts).toContain('roll back');
    expect(verdicts.indexOf('roll back')).toBe(12);
  });
});

describe('promotion', () => {
  const options = { ...errors, margin: 0.01 };

  it('comes with the soak, from evidence that came before', () => {
    const judging = new Judging(options);
    expect(judging.looks(...healthy(55)).verdict).toBe('undecided');
    expect(judging.look(healthy(60).at(-1)!).verdict).toBe('promote');
  });

  it('takes about 4.8 / dm requests to an error-free canary', () => {
    const judging = new Judging({ ...options, margin: 0.0005 });
    const verdicts = healthy(300).map((one) => judging.look(one).verdict);
    const requests = 250 * verdicts.indexOf('promote');
    expect(requests).toBeGreaterThan(9_250);
    expect(requests).toBeLessThan(10_000);
  });

  it('never comes from data of long ago', () => {
    const judging = new Judging(options);
    judging.looks(...healthy(55));
    const silent = (at: number): Shown => [at, healthy(55).at(-1)![1]];
    expect(judging.look(silent(116)).verdict).toBe('no data');
  });

  it('never comes where something blocks it', () => {
    const judging = new Judging(options);
    judging.looks(...healthy(55));
    expect(judging.look(healthy(60).at(-1)!, { blocker: 'c2 is down' }).verdict).toBe('undecided');
  });
});

describe('what could be promoted without the evidence', () => {
  const at = (pods: Shown[1], more = {}) => {
    const judging = new Judging(errors);
    judging.looks([0, { c: {}, s: {} }], [10, { c: { requests: 50 }, s: { requests: 200 } }]);
    return judging.look([20, pods], more);
  };
  const inside = { c: { requests: 100 }, s: { requests: 400, failed: 1 } };
  const outside = { c: { requests: 100, failed: 3 }, s: { requests: 400, failed: 4 } };

  it('is what was counted inside the margin, with nothing in the way', () => {
    expect(at(inside)).toMatchObject({ verdict: 'undecided', couldPromote: true });
    expect(at(outside).couldPromote).toBe(false);
    expect(at(inside, { blocker: 'c is not UP' }).couldPromote).toBe(false);
  });

  it('is nothing without data, and nothing of pods that are all new', () => {
    const none = new Judging(errors).looks([0, { c: {}, s: {} }], [20, { c: {}, s: {} }]);
    expect(none.couldPromote).toBe(false);
    const cold = new Judging({ ...errors, warmUpSeconds: 60 });
    expect(cold.looks([0, { c: {}, s: {} }], [10, inside]).couldPromote).toBe(false);
  });
});

it('rolls back a canary that is plainly broken in two batches, whatever the evidence', () => {
  const judging = new Judging({ ...errors, alpha: 1e-300 });
  const broken = (i: number): Shown => [
    i * 3,
    { c: { requests: 10 * i, failed: 9 * i }, s: { requests: 40 * i } },
  ];
  expect([0, 1, 2].map((i) => judging.look(broken(i)).ground)).toEqual(['none', 'none', 'broken']);
});

it('keeps a state of some kilobytes for 10 pods', () => {
  const pods = Array.from({ length: 10 }, (_, i) => `${i < 2 ? 'c' : 's'}${i}`);
  const judging = new Judging({ robust: true });
  judging.looks(...healthy(3000, pods));
  expect(JSON.stringify(judging.state).length).toBeLessThan(12_000);
});
