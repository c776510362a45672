import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { TrafficReport } from '@canary/traffic';
import { canary, type Finished } from './canary.ts';
import { processesWith } from './processes.ts';

/** What `canary up -o json` tells, as far as it is looked at here. */
interface Told {
  readonly kind: string;
  readonly app?: string;
  readonly message?: string;
  readonly traffic?: TrafficReport;
}

/** What `canary status -o json` tells, as far as it is looked at here. */
interface Status {
  readonly workloads: readonly {
    readonly name: string;
    readonly release: string;
    readonly replicas: number;
    readonly readyReplicas: number;
  }[];
}

const SHOP = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
        - name: web
          image: registry.example/shop:1
          env:
            - { name: GREETING, valueFrom: { configMapKeyRef: { name: shop, key: greeting } } }
          ports: [{ name: http, containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /ready, port: http }, periodSeconds: 1 }
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: shop }
    data: { greeting: Hello }
  - apiVersion: v1
    kind: Service
    metadata: { name: shop }
    spec: { selector: { app: shop }, ports: [{ port: 80, targetPort: http }] }
  - apiVersion: policy/v1
    kind: PodDisruptionBudget
    metadata: { name: shop }
`;

/** An app as anybody has one: it listens on PORT, counts as prom-client does, and dies of SIGTERM. */
const appOf = (version: string, failing = 0) => `
import { createServer } from 'node:http';
const counts = new Map([[200, 0], [500, 0]]);
const metrics = () => [
  '# HELP http_requests_total Requests answered.',
  '# TYPE http_requests_total counter',
  ...[...counts].map(([status, n]) => 'http_requests_total{method="GET",status="' + status + '"} ' + n),
].join('\\n') + '\\n';
createServer((request, response) => {
  if (request.url === '/ready') return response.end('ready');
  if (request.url === '/metrics')
    return response.setHeader('content-type', 'text/plain; version=0.0.4').end(metrics());
  const status = Math.random() < ${failing} ? 500 : 200;
  counts.set(status, counts.get(status) + 1);
  response.writeHead(status).end(process.env.GREETING + ' App Version: ${version}');
}).listen(process.env.PORT);
`;

const IMAGE = 'registry.example/shop';
const RPS = 100;

test.describe('an app of files', () => {
  let folder: string;
  /** Whatever is still running when a test ends. */
  let started: ReturnType<typeof canary>[];
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'canary-own-'));
    await mkdir(join(folder, 'next'));
    await writeFile(join(folder, 'shop.yaml'), SHOP);
    await writeFile(join(folder, 'own-app-1.mjs'), appOf('1'));
    await writeFile(join(folder, 'next', 'own-app-2.mjs'), appOf('2'));
    await writeFile(join(folder, 'next', 'own-app-3.mjs'), appOf('3', 0.5));
    started = [];
  });
  test.afterEach(async () => {
    for (const { child } of started) child.kill('SIGKILL');
    await Promise.all(started.map(({ finished }) => finished));
    await rm(folder, { recursive: true, force: true });
  });

  const begin = (args: readonly string[], cwd = folder) => {
    const command = canary([...args, '--state', join(folder, '.canary')], {}, cwd);
    started.push(command);
    return command;
  };
  /** From a folder of its own, as from another terminal. */
  const run = (...args: string[]): Promise<Finished> =>
    begin([...args, '--on', 'local'], join(folder, 'next')).finished;
  const start = (tag: string, ...args: string[]) =>
    run('start', 'deploy/shop', '--image', `web=${IMAGE}:${tag}`, '--bake', '1s', ...args);
  const shop = async () => {
    const { out } = await run('status', 'deploy/shop', '-o', 'json');
    const { workloads } = JSON.parse(out) as Status;
    return workloads.map((w) => [w.name, w.release, w.replicas, w.readyReplicas]);
  };

  test('is refused before anything runs, where nothing runs its image', async () => {
    const { err, code } = await begin(['up', '-f', 'shop.yaml', '--run', 'shop=node own-app-1.mjs'])
      .finished;
    expect(err).toContain(
      `nothing runs the image "${IMAGE}:1" of container web of Deployment shop: correct its name, or say what stands for it with --run '${IMAGE}:1=<command>'`,
    );
    expect(code).toBe(2);
  });

  test('is released in place, undone and rolled back, and loses no request', async () => {
    const host = begin([
      ...['up', '-f', 'shop.yaml', '--run', `${IMAGE}:1=node own-app-1.mjs`],
      ...['--rps', `${RPS}`, '-o', 'json'],
    ]);
    const told = () =>
      host
        .written()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as Told);
    await expect
      .poll(() => told().map(({ kind }) => kind), { timeout: 20_000, intervals: [100] })
      .toContain('up');
    const { app = '' } = told().find(({ kind }) => kind === 'up')!;
    const answer = async () => (await fetch(app)).text();
    expect(await answer()).toBe('Hello App Version: 1');
    expect(told().map(({ message }) => message)).toContain(
      'PodDisruptionBudget shop is left out: the embedded platform runs Deployments, Services and ConfigMaps',
    );

    await test.step('promoted by time, and undone', async () => {
      const command = `${IMAGE}:2=node own-app-2.mjs`;
      const { out, err, code } = await start('2', '--run', command, '--observe', '2s');
      expect({ err, code }, out).toEqual({ err: '', code: 0 });
      expect(out).toContain('Requests are counted by http_requests_total');
      expect(out).toContain('promoted: shop has all traffic, the canary is gone');
      expect(await shop()).toEqual([['shop', '2', 2, 2]]);
      expect(await answer()).toBe('Hello App Version: 2');
      expect((await run('undo', 'deploy/shop', 'customers complain')).code).toBe(0);
      expect(await shop()).toEqual([['shop', '1', 2, 2]]);
      expect(await answer()).toBe('Hello App Version: 1');
    });

    await test.step('rolled back: it fails', async () => {
      const { out, code } = await start('3', '--run', `${IMAGE}:3=node own-app-3.mjs`);
      expect(out).toMatch(/rolled back after .* requests to 3 failed, 0 of \d+ to 1/);
      expect(code).toBe(3);
      expect(await shop()).toEqual([['shop', '1', 2, 2]]);
    });

    await test.step('rolled back: nothing runs its image', async () => {
      const { out, code } = await start('4', '--grace-seconds', '1');
      expect(out).toContain(
        `ErrImagePull: nothing on the embedded platform runs the image "${IMAGE}:4": correct its name, or say what stands for it with --run '${IMAGE}:4=<command>'`,
      );
      expect(code).toBe(3);
      expect(await shop()).toEqual([['shop', '1', 2, 2]]);
    });

    host.child.kill('SIGINT');
    const { code, err } = await host.finished;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(processesWith('own-app-')).toEqual([]);
    const { sent, answered, failed, networkErrors, versions } = told().at(-1)!.traffic!;
    process.stdout.write(`${sent} requests sent, ${answered} answered\n`);
    expect({ answered, networkErrors }).toEqual({ answered: sent, networkErrors: {} });
    expect(Object.keys(versions).sort()).toEqual(['1', '2', '3']);
    expect(failed).toBe(versions['3']!.statuses['500']);
    expect(failed).toBeGreaterThan(0);
  });
});
