import { setTimeout as sleep } from 'node:timers/promises';
import { Feed, pageView, servePage, type Sample, type ServedPage } from '@canary/api';
import { planRelease, newRollout, type Pod, type Workload } from '@canary/rollout';
import { parseParameters, renderObjects } from '@canary/manifests';
import { requireChromium } from '@canary/scenario';
import { expect, test, type CDPSession, type Page } from '@playwright/test';
import { pageFiles, selector } from './page-world.ts';

const PODS = 200;
const RPS = 500;
const HOUR = 3600;
/** What may be added by a second hour: what is kept is of a fixed size. */
const GROWTH_BYTES = 3_000_000;
/** Software rendering on two shared cores: what a person still sees as smooth. */
const FRAME_MS = 50;

requireChromium();

test.describe(`the page at ${RPS} requests per second and ${PODS} pods`, () => {
  let served: ServedPage;
  let feed: Feed;
  /** Grows by a second with every sample. */
  let now = Date.now() - 2 * HOUR * 1000;
  let restarts = 0;

  test.beforeAll(async () => {
    const workloads = [workload('v1', '1.0.0', 160), workload('v2', '2.0.0', 40)];
    const { plan } = planRelease({ stableReplicas: 160, canaryReplicas: [40] });
    const record = newRollout({
      ...{ id: 'load', app: 'myapp', selector, plan, now },
      workloads: workloads.slice(0, 1),
      stable: 'v1',
      canary: deployment('v2', '2.0.0'),
    });
    feed = new Feed(() =>
      pageView({
        ...{ app: 'myapp', namespace: 'canary', frozen: undefined, record, now, targets: [] },
        // Every view has a pod that changed: every row is compared again.
        workloads: workloads.map((one) => ({
          ...one,
          pods: one.pods.map((pod, index) => (index === 0 ? { ...pod, restarts } : pod)),
        })),
      }),
    );
    const assets = await pageFiles();
    served = await servePage({ feed, assets, actor: undefined, host: '127.0.0.1', port: 0 });
  });
  test.afterAll(() => served.close());

  const second = () => {
    now += 1000;
    restarts++;
    const noise = Math.round(20 * Math.sin(now / 7000));
    const release = (requests: number, failed: number) => ({
      requests,
      failed,
      p50: 0.04,
      p95: 0.2,
    });
    const sample: Sample = {
      ...{ at: now, seconds: 1 },
      releases: { '1.0.0': release(0.8 * RPS + noise, 0), '2.0.0': release(0.2 * RPS - noise, 3) },
    };
    feed.sampled(sample);
    feed.changed();
  };
  const hour = async () => {
    for (let count = 1; count <= HOUR; count++) {
      second();
      if (count % 60 === 0) await sleep(20);
    }
    await sleep(500);
  };

  test('is smooth, and needs no more memory after two hours than after one', async ({ page }) => {
    test.setTimeout(120_000);
    await page.goto(served.address);
    await expect(page.locator('[data-pod]')).toHaveCount(PODS);
    const session = await page.context().newCDPSession(page);
    await hour();
    const first = await memory(session);
    await hour();
    const twice = await memory(session);
    const frames = await framesWhile(page, async () => {
      for (let count = 0; count < 10; count++) {
        second();
        await sleep(1000);
      }
    });
    const mean = frames.reduce((sum, ms) => sum + ms, 0) / frames.length;
    const late = [...frames].sort((a, b) => a - b)[Math.floor(0.95 * frames.length)] ?? Infinity;
    process.stdout.write(
      `heap of the page ${mb(first.page)} after an hour, ${mb(twice.page)} after two; of the server ${mb(first.server)} and ${mb(twice.server)}; frames ${mean.toFixed(1)} ms in the mean, ${late.toFixed(1)} ms at the 95th percentile\n`,
    );
    expect(twice.page - first.page).toBeLessThan(GROWTH_BYTES);
    expect(late).toBeLessThan(FRAME_MS);
    await expect(page.locator('[data-dots="stable"]')).toHaveText(/^\d{3}$/);
  });
});

async function memory(session: CDPSession): Promise<{ page: number; server: number }> {
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return { page: usedSize, server: process.memoryUsage().heapUsed };
}

/** Milliseconds from frame to frame while something goes on. */
async function framesWhile(page: Page, work: () => Promise<void>): Promise<number[]> {
  const counting = page.evaluate(
    () =>
      new Promise<number[]>((resolve) => {
        const frames: number[] = [];
        let last = performance.now();
        const begun = last;
        const next = (at: number) => {
          frames.push(at - last);
          last = at;
          if (at - begun > 9000) resolve(frames.slice(2));
          else requestAnimationFrame(next);
        };
        requestAnimationFrame(next);
      }),
  );
  const [frames] = await Promise.all([counting, work()]);
  return frames;
}

function mb(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

function deployment(name: string, version: string) {
  const [object] = renderObjects(['v2'], parseParameters({ version }));
  return { ...object!, metadata: { ...object!.metadata, name } };
}

function workload(name: string, release: string, replicas: number): Workload {
  const object = deployment(name, release);
  const pods = Array.from({ length: replicas }, (_, index): Pod => ({
    ...{ name: `${name}-${index}`, labels: {}, annotations: {}, node: `worker-${index % 9}` },
    templateHash: undefined,
    ...{ scrapeAddress: undefined, phase: 'Running', ready: true, terminating: false },
    ...{ restarts: 0, reason: undefined, message: undefined },
  }));
  return {
    ...{ ref: { namespace: 'canary', name }, uid: name, generation: 1, labels: {}, release },
    ...{ replicas, readyReplicas: replicas, updatedReplicas: replicas },
    ...{ conditions: [], pods, object },
  };
}
