import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileStore } from '@canary/local';
import { parseParameters, renderObjects } from '@canary/manifests';
import { directObserver } from '@canary/observation';
import {
  drive,
  newRollout,
  observeFor,
  planRelease,
  startRollout,
  type Clock,
  type RolloutRecord,
  type RolloutStore,
} from '@canary/rollout';
import { expect, test } from '@playwright/test';
import { startLocalWorld, type LocalWorld } from './local-world.ts';
import { Life, mortal } from './mortal.ts';

const KILLS = 50;
const RPS = 100;
const APP = 'myapp';
const selector = { namespace: 'canary', labels: { appname: APP } };
const clock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  },
};

const deployment = (version: string, replicas: number) =>
  renderObjects(['v2'], parseParameters({ version, replicas, env: { LATENCY_MS: '0-100' } }))[0]!;

test(`a release whose driver is killed ${KILLS} times at random ends right, and loses no request`, async () => {
  test.setTimeout(240_000);
  const world = await startLocalWorld();
  const folder = await mkdtemp(join(tmpdir(), 'canary-kills-'));
  try {
    const parameters = parseParameters({ replicas: 2, env: { LATENCY_MS: '0-100' } });
    await world.apply(renderObjects(['v1'], parameters));
    await expectAlone(world, '1.0.0');
    const traffic = await world.startTraffic(RPS);
    let kills = 0;
    for (let release = 2; kills < KILLS; release++) {
      const version = `${release}.0.0`;
      const store = fileStore(folder);
      await start(world, store, version);
      kills += await driveAndKill(world, store, KILLS - kills);
      const record = await store.load<RolloutRecord>(APP);
      expect(record?.value.outcome, record?.value.reason).toBe('promoted');
      await expectAlone(world, version);
    }
    const { sent, answered, failed, networkErrors } = await traffic.stop();
    process.stdout.write(`${kills} kills; ${sent} requests sent, ${answered} answered\n`);
    expect({ answered, failed, networkErrors }).toEqual({
      answered: sent,
      failed: 0,
      networkErrors: {},
    });
  } finally {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
});

async function start(world: LocalWorld, store: RolloutStore, version: string): Promise<void> {
  const workloads = await world.platform.list(selector);
  const { plan } = planRelease({
    stableReplicas: 2,
    canaryReplicas: [1],
    observe: { until: 'time', seconds: 1, everySeconds: 0.5 },
    bakeSeconds: 1,
  });
  const record = newRollout({
    id: version,
    app: APP,
    selector,
    plan,
    workloads,
    stable: workloads[0]!.ref.name,
    canary: deployment(version, 0),
    now: clock.now(),
  });
  await startRollout(store, APP, record);
}

/** Drives to the end; each driver is killed within half a second, until there were so many kills. */
async function driveAndKill(world: LocalWorld, store: RolloutStore, most: number): Promise<number> {
  const observer = directObserver({
    listPods: async () =>
      (await world.platform.list(selector)).flatMap(({ pods, release }) =>
        pods.map((pod) => ({ pod, release })),
      ),
    metrics: ['http_requests_total'],
    timeoutMs: 2000,
  });
  for (let kills = 0; ; kills++) {
    const life = new Life();
    const ending = new AbortController();
    const driven = drive({
      platform: mortal(world.platform, life),
      store: mortal(store, life),
      judge: observeFor(observer),
      clock,
      key: APP,
      holder: `driver-${kills}`,
      whenHeld: 'take over',
      signal: ending.signal,
    });
    if (kills === most) {
      await driven;
      return kills;
    }
    const killed = sleep(Math.random() * 500).then(() => 'killed' as const);
    if ((await Promise.race([driven, killed])) !== 'killed') return kills;
    await life.end();
    // What is left of it in this process goes, too; it can do nothing any more.
    ending.abort();
    void driven.catch(() => undefined);
  }
}

async function expectAlone(world: LocalWorld, release: string): Promise<void> {
  const now = async () =>
    (await world.platform.list(selector)).map((workload) => [
      workload.release,
      workload.readyReplicas,
    ]);
  await expect
    .poll(now, { message: `${release} alone, in full`, timeout: 30_000 })
    .toEqual([[release, 2]]);
}
