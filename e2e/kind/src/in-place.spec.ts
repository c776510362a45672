import type { TrafficWatch } from '@canary/scenario';
import { expect, test } from '@playwright/test';
import { canary } from './canary.ts';
import { namespace } from './environment.ts';
import { keepEvidence } from './evidence.ts';
import { kubectl } from './kubectl.ts';
import { requireKind } from './require-kind.ts';
import { followTraffic, loadPhase } from './traffic-log.ts';

/** A stranger's Deployment that is released in place, under load, by whatever may happen meanwhile. */
requireKind();

const RPS = 100;
const NEW = ['--image', 'shop=registry.example/shop:2.0.0'];
/** Decided within a minute at this load. */
const MARGIN = ['--margin', '0.01', '--soak', '10s'];
const TIMED = ['--observe', '4s', '--bake', '4s'];

/** A namespace with a Deployment of four pods behind the Service that the load is sent to. */
function shopUnderLoad(space: string, env: Readonly<Record<string, string>>) {
  let traffic: TrafficWatch | undefined;
  const run = (...args: readonly string[]) => canary(space, args);
  const cluster = (...args: readonly string[]) => kubectl(args, undefined, space);

  test.beforeAll(async () => {
    test.setTimeout(240_000);
    await kubectl(['delete', 'namespace', space, namespace, '--ignore-not-found', '--wait']);
    await kubectl(['create', 'namespace', space]);
    await kubectl(['apply', '-f', '-'], JSON.stringify(objects(env)), space);
    await cluster('rollout', 'status', 'deploy/shop', '--timeout=90s');
    const load = await run('deploy', 'traffic', '--rps', String(RPS), '--duration', '1800');
    expect(load.exitCode, load.stderr).toBe(0);
    await loadPhase('Running', space);
    traffic = followTraffic(space);
  });
  test.afterAll(async () => {
    await kubectl(['delete', 'namespace', space, '--ignore-not-found', '--wait=false']);
  });

  const object = async () => {
    const found = JSON.parse(await cluster('get', 'deploy', 'shop', '-o', 'json')) as Shop;
    const { metadata, spec } = found;
    return { ...found, status: undefined, metadata: own(metadata), spec };
  };
  const what = async () => {
    const { stdout } = await run('status', 'deploy/shop', '-o', 'json');
    const { rollout } = JSON.parse(stdout) as { readonly rollout?: Rollout };
    return rollout?.outcome ?? `stage ${rollout?.stage ?? 0}: ${rollout?.what ?? ''}`;
  };
  const nothingIsLeft = () =>
    expect
      .poll(() => cluster('get', 'deploy,rs,pods', '-l', 'canaryctl/role', '-o', 'name'), {
        message: 'nothing of the canary is left',
        timeout: 60_000,
      })
      .toBe('');
  return { run, cluster, object, what, nothingIsLeft, traffic: () => traffic! };
}

interface Shop {
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly spec: { readonly template: object };
}
interface Rollout {
  readonly outcome?: string;
  readonly stage: number;
  readonly what: string;
}

/** What is not the server's own to write. */
function own(metadata: Shop['metadata']) {
  return Object.fromEntries(
    Object.entries(metadata).filter(
      ([name]) => !['managedFields', 'resourceVersion'].includes(name),
    ),
  );
}

function objects(env: Readonly<Record<string, string>>) {
  const labels = { app: 'shop' };
  const container = {
    name: 'shop',
    image: 'registry.example/shop:1.0.0',
    ports: [{ name: 'http', containerPort: 8080 }],
    env: Object.entries(env).map(([name, value]) => ({ name, value })),
    readinessProbe: { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 1 },
  };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'shop', labels, annotations: { 'example.org/owner': 'the shop team' } },
    spec: {
      replicas: 4,
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [container] } },
    },
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'myapp-svc' },
    spec: { selector: labels, ports: [{ port: 5555, targetPort: 'http' }] },
  };
  return { apiVersion: 'v1', kind: 'List', items: [deployment, service] };
}

test.describe('a service that drains', () => {
  test.describe.configure({ mode: 'serial' });
  const SPACE = 'canary-in-place';
  keepEvidence(SPACE);
  const shop = shopUnderLoad(SPACE, { DRAIN: '1' });

  test('a canary that fails is rolled back, and the Deployment is the same to the letter', async () => {
    const before = await shop.object();
    const ended = await shop.run('start', 'deploy/shop', '--env', 'FAIL=0.5', ...MARGIN);
    expect(ended.stdout).toMatch(/rolled back after \d+ s/);
    expect(ended.exitCode, ended.stderr).toBe(3);
    await shop.nothingIsLeft();
    expect(await shop.object()).toEqual(before);
    const history = await shop.cluster('rollout', 'history', 'deploy/shop');
    expect(history.match(/^\d+ /gm)).toHaveLength(1);
  });

  test('a good one is promoted by the judge, keeps name and uid, and can be undone', async () => {
    test.setTimeout(240_000);
    const before = await shop.object();
    const ended = await shop.run('start', 'deploy/shop', ...NEW, ...MARGIN, '--bake', '5s');
    expect(ended.stdout).toContain('shop has all traffic, the canary is gone');
    expect(ended.exitCode, ended.stderr).toBe(0);
    const after = await shop.object();
    expect(after.metadata['uid']).toBe(before.metadata['uid']);
    expect(JSON.stringify(after.spec.template)).toContain('registry.example/shop:2.0.0');
    await shop.nothingIsLeft();
    const undone = await shop.run('undo', 'deploy/shop', 'customers complain');
    expect(undone.exitCode, undone.stderr).toBe(0);
    expect((await shop.object()).spec.template).toEqual(before.spec.template);
  });

  test('is aborted in each of its stages, and is as before', async () => {
    test.setTimeout(300_000);
    const before = await shop.object();
    for (const stage of [
      'stage 1: observe',
      'stage 2: take the template over',
      'stage 2: observe at full size',
    ]) {
      const started = shop.run('start', 'deploy/shop', ...NEW, '--observe', '4s', '--bake', '60s');
      await expect
        .poll(shop.what, { message: stage, timeout: 60_000, intervals: [200] })
        .toContain(stage);
      const aborted = await shop.run('abort', 'deploy/shop', 'seen enough');
      expect(aborted.exitCode, aborted.stderr).toBe(0);
      expect((await started).exitCode).toBe(3);
      await shop.nothingIsLeft();
      expect((await shop.object()).spec.template).toEqual(before.spec.template);
    }
  });

  test('ends right, whatever kills its driver at fifty moments', async () => {
    test.setTimeout(450_000);
    const before = await shop.object();
    const random = seeded(20);
    const moments = new Map<string, number>();
    let [kills, releases] = [0, 0];
    while (kills < 50) {
      releases++;
      let driver = shop.run('start', 'deploy/shop', ...NEW, ...TIMED);
      await expect
        .poll(shop.what, { message: 'it has begun', timeout: 60_000, intervals: [100] })
        .toMatch(/^stage 1/);
      for (;;) {
        const wait = new Promise((resolve) => setTimeout(resolve, 3000 * random()));
        const ended = await Promise.race([driver, wait.then(() => undefined)]);
        if (ended) {
          expect(ended.exitCode, ended.stderr).toBe(0);
          break;
        }
        driver.kill('SIGKILL');
        kills++;
        const moment = await shop.what();
        moments.set(moment, (moments.get(moment) ?? 0) + 1);
        driver = shop.run('start', 'deploy/shop', '--resume', '--take-over');
      }
      expect(await shop.what()).toBe('promoted');
      await shop.nothingIsLeft();
      expect(JSON.stringify((await shop.object()).spec.template)).toContain('shop:2.0.0');
      const undone = await shop.run('undo', 'deploy/shop');
      expect(undone.exitCode, undone.stderr).toBe(0);
    }
    expect(releases).toBeLessThan(25);
    await shop.nothingIsLeft();
    expect((await shop.object()).spec.template).toEqual(before.spec.template);
    process.stdout.write(
      `${kills} drivers killed in ${releases} releases: ${JSON.stringify([...moments])}\n`,
    );
  });

  test('through all of this no request was lost', async () => {
    test.setTimeout(240_000);
    await noneLost(shop.traffic());
  });
});

test.describe('a service that ends at once when it is told to', () => {
  test.describe.configure({ mode: 'serial' });
  const SPACE = 'canary-at-once';
  keepEvidence(SPACE);
  const shop = shopUnderLoad(SPACE, {});

  test('loses no request in any rollback before the take-over', async () => {
    test.setTimeout(450_000);
    const before = await shop.object();
    const judged = await shop.run('start', 'deploy/shop', '--env', 'FAIL=0.5', ...MARGIN);
    expect(judged.exitCode, judged.stderr).toBe(3);
    const sent = () => shop.traffic().reports().at(-1)?.sent ?? 0;
    let aborted = 0;
    while (sent() < 20_000) {
      const started = shop.run('start', 'deploy/shop', ...NEW, '--observe', '60s');
      await expect
        .poll(shop.what, { message: 'it is observed', timeout: 60_000, intervals: [200] })
        .toContain('stage 1: observe');
      const { exitCode, stderr } = await shop.run('abort', 'deploy/shop', 'seen enough');
      expect(exitCode, stderr).toBe(0);
      expect((await started).exitCode).toBe(3);
      await shop.nothingIsLeft();
      aborted++;
    }
    expect(await shop.object()).toEqual(before);
    process.stdout.write(`${aborted} releases aborted\n`);
    await noneLost(shop.traffic());
  });
});

/** Failures that the tests gave the canary are answers; what got none is lost. */
async function noneLost(traffic: TrafficWatch): Promise<void> {
  await expect
    .poll(() => traffic.reports().at(-1)?.sent ?? 0, {
      message: '20,000 requests',
      timeout: 200_000,
    })
    .toBeGreaterThan(20_000);
  const { sent, answered, failed, networkErrors } = await traffic.stop();
  process.stdout.write(`${sent} requests sent, ${answered} answered, ${failed} of them with 500\n`);
  expect({ answered, networkErrors }).toEqual({ answered: sent, networkErrors: {} });
}

/** @see https://en.wikipedia.org/wiki/Linear_congruential_generator */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}
