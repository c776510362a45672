import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servePlatform } from '@canary/local';
import { parseParameters, renderObjects } from '@canary/manifests';
import type { PlatformObject } from '@canary/rollout';
import { dashboardQueries, expectDashboards, problemOf } from '@canary/scenario';
import { expect, test } from '@playwright/test';
import { parse, stringify } from 'yaml';
import { canary } from './canary.ts';
import { startLocalWorld, type LocalWorld } from './local-world.ts';
import { requirePrometheus } from './require-prometheus.ts';

const prometheus = requirePrometheus();
const RELEASES = ['1.0.0', '2.0.0'];

test('every query of every dashboard has data during a release', async () => {
  test.setTimeout(180_000);
  const world = await startLocalWorld(prometheus);
  const state = await mkdtemp(join(tmpdir(), 'canary-dashboards-'));
  const server = await servePlatform({ platform: world.platform, stateDirectory: state });
  try {
    const port = await freePort();
    await apply(world, port);
    const traffic = await world.startTraffic(50);
    const options = ['--observe', '1h', '--serve-metrics', String(port)];
    const where = ['--on', 'local', '--state', state];
    const driver = canary([
      'start',
      '--to',
      '2.0.0',
      '--env',
      'LATENCY_MS=20',
      ...options,
      ...where,
    ]);
    const configMap = renderObjects(['grafana'], parseParameters({})).find(
      ({ metadata }) => metadata.name === 'grafana-dashboards',
    )!;
    const queries = dashboardQueries(configMap, { namespace: 'canary', appname: 'myapp' });
    expect(queries.length).toBeGreaterThan(20);
    await expectDashboards(world, queries, RELEASES);
    await canary(['abort', ...where]).finished;
    const { code, err } = await driver.finished;
    expect({ code, err }).toEqual({ code: 3, err: '' });
    // The driver has waited until the end of it was seen.
    const ended = 'last_over_time(canary_rollout_outcome{outcome="aborted"}[5m]) == 1';
    expect(await world.query(ended)).toHaveLength(1);
    await traffic.stop();
  } finally {
    await server.close();
    await world.close();
    await rm(state, { recursive: true, force: true });
  }
});

test.describe('what is wrong with a query is seen', () => {
  const query = { where: 'here', promql: 'up', shows: ['release'] };
  const series = (value: number, metric: Readonly<Record<string, string>>) => ({
    metric,
    samples: [[1, value] as const],
  });
  const both = RELEASES.map((release) => series(1, { release }));
  for (const [what, result, why] of [
    ['nothing', [], 'no data'],
    ['no number', [series(NaN, { release: '1.0.0' })], 'values NaN'],
    ['a label that is not there', [series(1, {})], 'no release'],
    ['series that look alike', [...both, both[0]!], '3 series that only differ'],
    ['a release that is missing', [both[0]!], 'nothing of 2.0.0'],
  ] as const) {
    test(what, () => {
      expect(problemOf(query, result, RELEASES)).toContain(why);
    });
  }
  test('and nothing else', () => {
    expect(problemOf(query, both, RELEASES)).toBeUndefined();
    expect(problemOf({ ...query, promql: 'up{a="$b"}' }, both, RELEASES)).toContain('a variable');
  });
});

/** v1, and a Prometheus that evaluates its rules every second and scrapes the driver, too. */
async function apply(world: LocalWorld, port: number): Promise<void> {
  const parameters = parseParameters({
    scrapeSeconds: 1,
    replicas: 2,
    env: { LATENCY_MS: '20' },
  });
  const objects = renderObjects(['prometheus', 'v1'], parameters);
  await world.apply(objects.map((object) => withDriver(object, port)));
  const ready = async () => {
    const all = await world.platform.list({ namespace: 'canary', labels: {} });
    return all.map(({ replicas, readyReplicas }) => replicas - readyReplicas);
  };
  await expect.poll(ready, { message: 'all to be ready', timeout: 30_000 }).toEqual([0, 0]);
}

function withDriver(object: PlatformObject, port: number): PlatformObject {
  if (object.kind !== 'ConfigMap') return object;
  const data = object['data'] as Readonly<Record<string, string>>;
  const config = parse(data['prometheus.yml'] ?? '') as {
    global: object;
    scrape_configs: readonly object[];
  };
  const targets = [`127.0.0.1:${port}`];
  const driver = {
    job_name: 'canary-driver',
    static_configs: [{ targets, labels: { kubernetes_namespace: 'canary' } }],
  };
  const changed = {
    ...config,
    global: { ...config.global, evaluation_interval: '1s' },
    scrape_configs: [...config.scrape_configs, driver],
  };
  return { ...object, data: { ...data, 'prometheus.yml': stringify(changed) } };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
