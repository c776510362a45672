import { describe, expect, it } from 'vitest';
import type { Look, PodSample, Series, Target } from '../ports/observer.ts';
import { checkMetrics } from './check-metrics.ts';
import { judgeFor, type JudgeForOptions } from './judge-for.ts';

/** What one pod has counted so far. */
interface Pod {
  readonly ok?: number;
  readonly failed?: number;
  readonly slow?: number;
  readonly startedAt?: number | undefined;
}

const BEGIN = 1_000_000;
const { signal } = new AbortController();
const context = {
  rollout: 'r1',
  app: 'myapp',
  stage: 1,
  startedAt: BEGIN,
  stable: { release: '1', replicas: 4 },
  canary: { release: '2', replicas: 1 },
};

function sample(pod: string, at: number, counted: Pod): PodSample {
  const { ok = 0, failed = 0, slow = 0 } = counted;
  const all = ok + failed;
  const requests = (status: string, value: number): Series => ({
    name: 'http_requests_total',
    labels: { method: 'get', endpoint: '/', status },
    value,
  });
  const bucket = (le: string, value: number): Series => ({
    name: 'http_request_duration_seconds_bucket',
    labels: { le, method: 'get', endpoint: '/' },
    value,
  });
  return {
    pod,
    release: pod.slice(0, 1),
    at,
    startedAt: 'startedAt' in counted ? counted.startedAt : 1,
    series: [
      requests('200', ok),
      requests('500', failed),
      bucket('0.1', all - slow),
      bucket('1', all),
      bucket('+Inf', all),
    ],
  };
}

function lookAt(seconds: number, pods: Record<string, Pod>, down: readonly Target[] = []): Look {
  const at = BEGIN + seconds * 1000;
  const samples = Object.entries(pods).map(([pod, counted]) => sample(pod, at, counted));
  const up = samples.map(
    ({ pod, release }) => ({ pod, release, url: '', health: 'up', error: undefined }) as const,
  );
  return { at, samples, targets: [...up, ...down] };
}

const observing = (looks: readonly Look[]) => {
  const left = [...looks];
  return { look: () => Promise.resolve(left.shift()!) };
};

/** The opinions about all looks. */
async function judged(looks: readonly Look[], options?: JudgeForOptions) {
  const judge = judgeFor(observing(looks), options);
  judge.begin(context);
  const opinions = [];
  while (opinions.length < looks.length) opinions.push(await judge.look(signal));
  return { judge, opinions, last: opinions.at(-1)! };
}

const failing = [
  lookAt(0, { '1a': { ok: 1000 }, '2a': {} }),
  ...[1, 2, 3].map((at) =>
    lookAt(at, { '1a': { ok: 1000 + 40 * at }, '2a': { ok: 5 * at, failed: 5 * at } }),
  ),
];
const errorsOnly = { judge: { metrics: ['errors'], warmUpSeconds: 0 } } as const;
/** Looks every 5 s at four stable pods and an error-free canary with 250 requests each time. */
const healthy = (seconds: number) =>
  Array.from({ length: seconds / 5 + 1 }, (_, i) => {
    const ok = 250 * i;
    return lookAt(i * 5, { '1a': { ok }, '1b': { ok }, '1c': { ok }, '1d': { ok }, '2a': { ok } });
  });

describe('judgeFor', () => {
  it('rolls a canary back that fails, with the counts in one line', async () => {
    const { opinions, last } = await judged(failing, errorsOnly);
    expect(opinions[0]).toMatchObject({ verdict: 'no data', requests: { 1: 0, 2: 0 } });
    expect(last).toMatchObject({
      verdict: 'roll back',
      reason:
        'rolled back after 3 s: 15 of 30 requests to 2 failed, 0 of 120 to 1 (evidence 655, needed 100)',
      requests: { 1: 40, 2: 10 },
      evidence: { 'E needed': 100, 'canary errors': 15, 'canary errors of': 30 },
    });
    expect(last.judgement).toMatchObject({
      most: { metric: 'errors', canary: { events: 15, of: 30 }, value: 0.5, threshold: 0.0005 },
      sources: { errors: 'http_requests_total{status=~"5.."}' },
    });
    expect(last.judgement?.curve).toHaveLength(4);
  });

  it('has an opinion that JSON can hold', async () => {
    const far = lookAt(6, { '1a': { ok: 1e7 }, '2a': { failed: 1e6 } });
    const { last } = await judged([...failing, far], errorsOnly);
    expect(JSON.parse(JSON.stringify(last))).toEqual(last);
  });

  it('promotes a healthy canary after the soak, and not before its evidence', async () => {
    const { opinions, last } = await judged(healthy(65), {
      judge: { margin: 0.01, warmUpSeconds: 0 },
    });
    const verdicts = opinions.map(({ verdict }) => verdict);
    expect(verdicts.slice(0, 12)).toEqual(['no data', ...Array<string>(11).fill('undecided')]);
    expect(last.verdict).toBe('promote');
    expect(last.reason).toMatch(
      /^promoted after 65 s: 0 of 3,250 requests to 2 failed, 0 of 13,000 to 1 \(evidence of safety .*, needed 20\)$/,
    );
  });

  it('reaches the very same evidence in a driver that resumes, from JSON of a few kilobytes', async () => {
    const looks = [
      ...healthy(40),
      lookAt(45, { '1a': { ok: 9000, slow: 3 }, '2a': { ok: 3000, failed: 5, slow: 900 } }),
    ];
    const options = { judge: { robust: true, latencyObjectiveSeconds: 0.1, warmUpSeconds: 0 } };
    const { last } = await judged(looks, options);
    const source = observing(looks);
    let state: string | undefined;
    let opinion;
    for (const { at } of looks) {
      const judge = judgeFor(source, options);
      if (state !== undefined) judge.restore(JSON.parse(state));
      judge.begin(context);
      opinion = await judge.look(signal);
      state = JSON.stringify(judge.state());
      expect(opinion.judgement?.at).toBe(at);
    }
    expect(opinion).toEqual(last);
    expect(state!.length).toBeLessThan(10_000);
  });

  it('carries evidence over to the next stage, and begins anew with another rollout', async () => {
    const { judge } = await judged(failing, errorsOnly);
    const sums = () => (judge.state() as { sums: { since: number; metrics: object } }).sums;
    const { metrics } = sums();
    judge.begin({ ...context, stage: 2, startedAt: BEGIN + 9000 });
    expect(sums()).toMatchObject({ since: BEGIN + 9000, metrics });
    judge.begin({ ...context, rollout: 'r2' });
    expect(sums().metrics).toEqual({});
  });

  it('never promotes a canary with a pod that cannot be scraped, naming it', async () => {
    const down = {
      pod: '2b',
      release: '2',
      url: '',
      health: 'down',
      error: 'connection refused',
    } as const;
    const looks = healthy(70).map((look) => ({ ...look, targets: [...look.targets, down] }));
    const { last } = await judged(looks, { judge: { margin: 0.01 } });
    expect(last).toMatchObject({ verdict: 'undecided', couldPromote: false });
    expect(last.reason).toContain('not to be promoted: 2b is not UP: connection refused');
  });

  it('never promotes a canary that no target stands for', async () => {
    const looks = healthy(70).map((look) => ({ ...look, targets: [] }));
    const { last } = await judged(looks, { judge: { margin: 0.01 } });
    expect(last.verdict).toBe('undecided');
    expect(last.reason).toContain('no pod of 2 can be scraped');
  });

  it('leaves a pod out whose counter is no number, until it is one again', async () => {
    const broken = lookAt(3, { '1a': { ok: 1118 }, '2a': { ok: NaN } });
    const after = lookAt(6, { '1a': { ok: 1236 }, '2a': { ok: 62 } });
    const { last } = await judged([failing[0]!, broken, after], errorsOnly);
    expect(last.judgement?.most).toMatchObject({ canary: { of: 62 }, stable: { of: 236 } });
  });

  it('fails a look as long as the stable release lacks a metric', async () => {
    const judge = judgeFor(observing([failing[0]!, ...failing]), {
      series: { requests: 'requests_total' },
    });
    judge.begin(context);
    await expect(judge.look(signal)).rejects.toThrow('does not expose requests_total');
  });

  it.each([
    [{ judge: { alpha: 5 } }, 'alpha 5 is not between 0 and 1: give a number such as 0.01'],
    [{ series: { errorStatus: '(' } }, 'errorStatus "(" is no regular expression'],
  ])('refuses %j', (options, message) => {
    expect(() => judgeFor(observing([]), options)).toThrow(message);
  });
});

describe('checkMetrics', () => {
  const check = (look: Look, options?: JudgeForOptions) =>
    checkMetrics(observing([look]), '1', options);
  const look = lookAt(0, { '1a': { ok: 100, slow: 70 } });

  it('is content with what the defaults need', async () => {
    await expect(check(look)).resolves.toEqual([]);
  });

  it.each<[JudgeForOptions, string]>([
    [
      { series: { requests: 'requests_total' } },
      'release 1 does not expose requests_total (there: http_request_duration_seconds_bucket, http_requests_total): name another metric, or expose it',
    ],
    [
      { series: { statusLabel: 'code' } },
      'http_requests_total has no label code (there: method, endpoint, status): name the one that tells how a request went',
    ],
    [
      { series: { labels: { endpoint: '/pay' } } },
      'no series of http_requests_total of release 1 has the labels asked for: change them',
    ],
    [
      { series: { durations: 'duration_seconds' }, isLatencyAsked: true },
      'latency cannot be judged: 1 does not expose duration_seconds_bucket',
    ],
    [
      { judge: { latencyObjectiveSeconds: 3 } },
      'latencyObjectiveSeconds 3 is above every bucket of http_request_duration_seconds (highest: 1)',
    ],
    [
      { judge: { latencyObjectiveSeconds: 0.1 } },
      "latencyObjectiveSeconds 0.1 promises nothing, as 70 % of the stable release's requests are slower",
    ],
  ])('refuses %j', async (options, message) => {
    await expect(check(look, options)).rejects.toThrow(message);
  });

  it('names all that is missing at once, a line each', async () => {
    const options = { series: { statusLabel: 'code', durations: 'd' }, isLatencyAsked: true };
    const error = await check(look, options).catch((one: unknown) => one as Error);
    expect((error as Error).message.split('\n')).toEqual([
      expect.stringContaining('http_requests_total has no label code'),
      expect.stringContaining('latency cannot be judged: 1 does not expose d_bucket'),
    ]);
  });

  it('tells what is not judged where nobody asked for it', async () => {
    await expect(check(look, { series: { durations: 'd_seconds' } })).resolves.toEqual([
      { metric: 'latency', why: '1 does not expose d_seconds_bucket' },
    ]);
  });

  it('needs no start time', async () => {
    const without = lookAt(0, { '1a': { ok: 1, startedAt: undefined } });
    await expect(check(without)).resolves.toEqual([]);
  });

  it('says why no pod of the stable release gave a sample', async () => {
    const target = { pod: '1a', release: '1', url: '', health: 'down', error: 'timeout' } as const;
    await expect(check(lookAt(0, {}, [target]))).rejects.toThrow(
      'no pod of release 1 gave a sample (1a: timeout)',
    );
    await expect(check(lookAt(0, {}))).rejects.toThrow('(none was found)');
  });
});
