import { createServer } from 'node:net';
import { once } from 'node:events';
import { startLocalPlatform } from '@canary/local';
import { parseParameters, renderObjects } from '@canary/manifests';
import { expect, test } from '@playwright/test';
import { startLocalWorld, type LocalWorld } from './local-world.ts';
import { processesWith } from './processes.ts';

const RPS = 200;
const render = (names: readonly string[], changes: Readonly<Record<string, unknown>> = {}) =>
  renderObjects(names, parseParameters(changes));

test.describe('what can go wrong on the embedded platform', () => {
  let world: LocalWorld;
  test.beforeEach(async () => {
    world = await startLocalWorld();
  });
  test.afterEach(() => world.close());

  const pods = async () => {
    const workloads = await world.platform.list({
      namespace: 'canary',
      labels: { appname: 'myapp' },
    });
    return workloads.flatMap((workload) => workload.pods);
  };
  const readyPods = async () => (await pods()).filter(({ ready }) => ready).length;

  test('a replica that is killed under load is out of the balancer at once, and back soon', async () => {
    await world.apply(render(['v1'], { env: { LATENCY_MS: '0-100' } }));
    await expect.poll(readyPods, { message: 'ready pods', timeout: 20_000 }).toBe(4);
    const traffic = await world.startTraffic(RPS);
    await expect.poll(() => traffic.reports().at(-1)?.answered ?? 0).toBeGreaterThan(RPS);

    const [victim] = await pods();
    const [{ pid } = { pid: 0 }] = processesWith(`HOSTNAME=${victim!.name}`).filter(({ text }) =>
      text.includes('main.cjs'),
    );
    const inFlight = traffic.reports().at(-1)!.inFlight;
    process.kill(pid, 'SIGKILL');
    const lostOf = (errors: Readonly<Record<string, number>>) =>
      Object.values(errors).reduce((a, b) => a + b, 0);

    const restarts = async () => (await pods()).find(({ name }) => name === victim!.name)?.restarts;
    await expect.poll(restarts, { message: 'restarts of the victim', timeout: 10_000 }).toBe(1);
    await expect.poll(readyPods, { message: 'ready pods', timeout: 20_000 }).toBe(4);
    const report = await traffic.stop();
    process.stdout.write(
      `killed with about ${inFlight} requests in flight on four replicas: ${lostOf(report.networkErrors)} lost of ${report.sent}\n`,
    );
    // What it was answering is lost with it; what came after went elsewhere.
    expect(lostOf(report.networkErrors)).toBeLessThanOrEqual(Math.max(10, inFlight));
    expect(Object.keys(report.networkErrors).filter((code) => code === 'ECONNREFUSED')).toEqual([]);
    expect(report.failed).toBe(0);
  });

  test('a Service whose port is taken says which, and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const platform = await startLocalPlatform({
      images: [],
      stateDirectory: test.info().outputDir,
      hostPort: () => port,
    });
    await expect(platform.apply(render(['v1']))).rejects.toThrow(
      new RegExp(`myapp-svc.*${String(port)}`),
    );
    await platform.stop();
    other.close();
  });

  test('a container that exits at once is restarted with back-off, and says so', async () => {
    await world.apply(render(['v1'], { replicas: 1, env: { ERROR_RATE: '2' } }));
    const reason = async () => (await pods())[0]?.reason;
    await expect
      .poll(reason, { message: 'why the pod is not ready', timeout: 15_000 })
      .toBe('CrashLoopBackOff');
    const [pod] = await pods();
    const logs = await world.platform.logs('canary', pod!.name);
    expect(logs.join('\n')).toContain('ERROR_RATE=\\"2\\" is not allowed');
    expect(await readyPods()).toBe(0);
  });

  test('a pod whose probe never passes gets no traffic', async () => {
    await world.apply(render(['v1'], { replicas: 2 }));
    await expect.poll(readyPods, { message: 'ready pods', timeout: 20_000 }).toBe(2);
    const objects = JSON.stringify(render(['v2'])).replaceAll('/healthy', '/nowhere');
    await world.apply(JSON.parse(objects) as ReturnType<typeof render>);
    const running = async () => (await pods()).filter(({ phase }) => phase === 'Running').length;
    await expect.poll(running, { message: 'running pods', timeout: 10_000 }).toBe(3);
    const traffic = await world.startTraffic(RPS);
    await expect
      .poll(() => traffic.reports().at(-1)?.answered ?? 0, { timeout: 20_000 })
      .toBeGreaterThan(2 * RPS);
    const { versions, networkErrors } = await traffic.stop();
    expect(Object.keys(versions)).toEqual(['1.0']);
    expect(networkErrors).toEqual({});
    expect(await readyPods()).toBe(2);
  });
});
