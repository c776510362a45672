import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  PAGE_METRICS,
  servePage,
  watchRelease,
  type Actor,
  type Asset,
  type ServedPage,
} from '@canary/api';
import { fileStore } from '@canary/local';
import { parseParameters, renderObjects } from '@canary/manifests';
import { directObserver } from '@canary/observation';
import {
  drive,
  judgeFor,
  newRollout,
  observeFor,
  planRelease,
  requestCommand,
  startRollout,
  type Clock,
  type ReleaseWish,
  type RolloutRecord,
  type RolloutStore,
} from '@canary/rollout';
import { expect, type Page } from '@playwright/test';
import { startLocalWorld, type LocalWorld } from './local-world.ts';

export const APP = 'myapp';
export const selector = { namespace: 'canary', labels: { appname: APP } };
export const clock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  },
};
const folder = fileURLToPath(new URL('../../../apps/dashboard/dist/page', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** The embedded platform with a release of two replicas, and the live page of it. */
export interface PageWorld {
  readonly world: LocalWorld;
  readonly store: RolloutStore;
  /** The page as it is served now. */
  page(): ServedPage;
  /** Ends the server, and starts it again on the same port with the same token. */
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  /** Starts a release and drives it; `ended` resolves when it has ended. */
  release(version: string, options?: ReleaseOptions): Promise<{ ended: Promise<RolloutRecord> }>;
  record(): Promise<RolloutRecord | undefined>;
  close(): Promise<void>;
}

export interface ReleaseOptions extends Partial<ReleaseWish> {
  readonly env?: Readonly<Record<string, string>>;
  /** Weighed, and not only given time. */
  readonly judged?: boolean;
}

/** Opens the live page, and waits until it follows the release. */
export async function openPage(page: Page, world: PageWorld): Promise<void> {
  await page.goto(world.page().address);
  await expect(page.getByText('live', { exact: true })).toBeVisible();
}

export async function startPageWorld(replicas = 2): Promise<PageWorld> {
  const world = await startLocalWorld();
  const state = await mkdtemp(join(tmpdir(), 'canary-page-'));
  const store = fileStore(state);
  const ending = new AbortController();
  const env = { LATENCY_MS: '5-60' };
  await world.apply(renderObjects(['v1'], parseParameters({ replicas, env })));
  const ready = async () => (await world.platform.list(selector))[0]?.readyReplicas;
  await expect.poll(ready, { message: 'ready pods', timeout: 20_000 }).toBe(replicas);
  const assets = await pageFiles();
  let served: ServedPage | undefined;
  let watching = new AbortController();
  const observer = (metrics: readonly string[]) =>
    directObserver({
      listPods: async () =>
        (await world.platform.list(selector)).flatMap(({ pods, release }) =>
          pods.map((pod) => ({ pod, release })),
        ),
      metrics,
      timeoutMs: 2000,
    });
  const startServer = async () => {
    watching = new AbortController();
    const feed = watchRelease({
      ...{ app: APP, selector, platform: world.platform, store, clock },
      observer: observer(PAGE_METRICS),
      signal: watching.signal,
    });
    served = await servePage({
      ...{ feed, assets, host: '127.0.0.1', actor: actorOf(store) },
      port: served ? Number(new URL(served.address).port) : 0,
      ...(served ? { token: served.token } : {}),
    });
  };
  await startServer();
  const stopServer = async () => {
    watching.abort();
    await served?.close();
  };
  return {
    world,
    store,
    page: () => served!,
    startServer,
    stopServer,
    record: async () => (await store.load<RolloutRecord>(APP))?.value,
    release: async (version, { env: canaryEnv = {}, judged = false, ...wish } = {}) => {
      const workloads = await world.platform.list(selector);
      const { plan } = planRelease({
        stableReplicas: replicas,
        canaryReplicas: [1],
        observe: { until: 'time', seconds: 4, everySeconds: 0.5 },
        bakeSeconds: 2,
        ...wish,
      });
      const parameters = parseParameters({ version, replicas, env: { ...env, ...canaryEnv } });
      await startRollout(
        store,
        APP,
        newRollout({
          ...{ id: `myapp-${version}`, app: APP, selector, plan, workloads },
          stable: workloads[0]!.ref.name,
          canary: renderObjects(['v2'], parameters)[0]!,
          now: clock.now(),
        }),
      );
      const ended = drive({
        ...{ platform: world.platform, store, clock, key: APP },
        judge: judged
          ? judgeFor(observer(PAGE_METRICS), { judge: { soakSeconds: 5, warmUpSeconds: 1 } })
          : observeFor(observer(['http_requests_total'])),
        holder: 'e2e',
        signal: ending.signal,
      });
      return { ended };
    },
    close: async () => {
      ending.abort();
      await stopServer();
      await world.close();
      await rm(state, { recursive: true, force: true });
    },
  };
}

function actorOf(store: RolloutStore): Actor {
  return {
    act: async (command, reason) => {
      await requestCommand({ store, clock, key: APP, command, reason, by: 'ana' });
      return { taken: true };
    },
  };
}

export async function pageFiles(): Promise<ReadonlyMap<string, Asset>> {
  const names = await readdir(folder);
  const files = names.map(async (name) => {
    const body = new Uint8Array(await readFile(join(folder, name)));
    return [`/${name}`, { body, type: TYPES[extname(name)] ?? '' }] as const;
  });
  return new Map(await Promise.all(files));
}
