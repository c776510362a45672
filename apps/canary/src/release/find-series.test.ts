import type { Look, PodSample, Target } from '@canary/rollout';
import { describe, expect, it } from 'vitest';
import { fakeSite, UNNAMED } from '../testing/fake-site.ts';
import { workload } from '../testing/objects.ts';
import { findSeries } from './find-series.ts';
import { judgingOf } from './judging.ts';

const SCRAPED = { 'prometheus.io/scrape': 'true' };

interface Stable {
  /** What its pod exposes; undefined where it does not answer. */
  readonly sample?: Pick<PodSample, 'series' | 'metadata'>;
  readonly health?: Target['health'];
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What is found on a stable release of one pod. */
async function found(
  { sample, health = 'up', annotations = {} }: Stable,
  options: Parameters<typeof judgingOf>[0] = {},
) {
  const site = fakeSite(1);
  const stable = workload('1.0.0', 1, (pod) => ({ ...pod, annotations }));
  const of = { pod: stable.pods[0]!.name, release: '1.0.0' };
  const error = health === 'up' ? undefined : 'server returned HTTP status 404 Not Found';
  const look: Look = {
    at: 1,
    samples: sample ? [{ ...of, at: 1, startedAt: 1, ...sample }] : [],
    targets: [{ ...of, url: 'http://10.0.0.1/metrics', health, error }],
  };
  site.observer = () => Promise.resolve({ look: () => Promise.resolve(look) });
  const selector = { namespace: 'canary', labels: {} };
  const place = { ...{ site, app: 'myapp', selector }, target: undefined, names: UNNAMED };
  return findSeries(place, judgingOf(options), stable);
}

const nothing = { series: [{ name: 'up', labels: {}, value: 1 }] };
const counts = {
  series: [{ name: 'shop_requests_total', labels: { code: '200' }, value: 3 }],
};

describe('pods that serve no metrics', () => {
  it('are judged by readiness where they never said that they do', async () => {
    const { judging, detected } = await found({ health: 'down' });
    expect(detected).toBeUndefined();
    expect(judging.unjudged).toMatch(/^no pod of 1\.0\.0 exposes metrics \(.*: .*404 Not Found\)$/);
  });

  it('are not, where they said so, or it was said where they are', async () => {
    const said = await found({ health: 'down', annotations: SCRAPED });
    expect(said.judging.unjudged).toBeUndefined();
    const told = await found({ health: 'down' }, { metricsPort: '9090' });
    expect(told.judging).toMatchObject({ scrape: { port: 9090 } });
    expect(told.judging.unjudged).toBeUndefined();
  });

  it('are not, where something is asked for that needs them', async () => {
    for (const options of [{ judge: 'errors' }, { objectiveErrors: '0.01' }, { where: ['a="b"'] }])
      expect((await found({ health: 'down' }, options)).judging.unjudged).toBeUndefined();
  });
});

describe('pods that count no request', () => {
  it('are judged by readiness, and refused where more was asked for', async () => {
    expect((await found({ sample: nothing })).judging.unjudged).toContain(
      'no request can be counted',
    );
    await expect(found({ sample: nothing }, { judge: 'errors' })).rejects.toThrow(
      /no request can be counted.*: name one by --requests-metric/,
    );
  });

  it('are refused where they will, and have counted none yet', async () => {
    const metadata = { http_requests_total: { type: 'counter' } };
    await expect(found({ sample: { ...nothing, metadata } })).rejects.toThrow(
      'release 1.0.0 has counted no request yet (http_requests_total): send it one, or say --judge none',
    );
  });

  it('are let be where nothing is judged', async () => {
    const { judging } = await found({ sample: nothing }, { judge: 'none' });
    expect(judging).toMatchObject({ metrics: [] });
    expect(judging.unjudged).toBeUndefined();
  });
});

describe('the Prometheus of the namespace', () => {
  it('is not waited for where it does not know pods that never asked it to', async () => {
    const { judging } = await found({ sample: counts, health: 'unknown' });
    expect(judging).toMatchObject({
      prometheus: undefined,
      series: { requests: 'shop_requests_total', statusLabel: 'code' },
    });
  });

  it('is, where they asked, or it knows them, or was named', async () => {
    const asked = { sample: counts, health: 'unknown', annotations: SCRAPED } as const;
    expect((await found(asked)).judging.prometheus).toBe('service');
    expect((await found({ sample: counts })).judging.prometheus).toBe('service');
    const named = { prometheus: 'http://p:9090' };
    const other = await found({ sample: counts, health: 'unknown' }, named);
    expect(other.judging.prometheus).toBe('http://p:9090');
  });
});
