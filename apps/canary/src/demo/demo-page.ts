import { setTimeout as sleep } from 'node:timers/promises';
import { Feed, PAGE_METRICS, Sampler, servePage } from '@canary/api';
import type { Workload } from '@canary/rollout';
import { pageFiles } from '../dashboard/page-files.ts';
import { DemoView, type DemoShape } from './demo-view.ts';
import type { DemoEvent } from './events.ts';
import type { Stage } from './stage.ts';

const LOOK_MS = 1000;

/** The live page of a demonstration. */
export interface DemoPage {
  readonly address: string;
  readonly tell: (event: DemoEvent) => void;
  readonly close: () => Promise<void>;
}

/** Serves the live page while the demonstration goes on. */
export async function demoPage(stage: Stage, shape: DemoShape): Promise<DemoPage> {
  const { namespace } = stage.parameters;
  const story = new DemoView(shape, Date.now());
  let workloads: readonly Workload[] = [];
  const feed = new Feed(() => story.view(workloads, Date.now()));
  const page = await servePage({
    ...{ feed, host: '127.0.0.1', port: 0, assets: await pageFiles() },
    actor: undefined,
    whyReadOnly: 'the demonstration tells its own story: try canary up and canary start',
  });
  const ending = new AbortController();
  const { signal } = ending;
  const sampler = new Sampler();
  const observer = stage.scrape(PAGE_METRICS);
  const looking = (async () => {
    const isEnded = () => signal.aborted;
    while (!isEnded()) {
      // What cannot be seen this time is seen the next: showing must never end the release.
      await look().catch(() => undefined);
      await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
    }
  })();
  async function look() {
    workloads = await stage.platform.list({ namespace, labels: {} });
    feed.changed();
    const sample = sampler.take(await observer.look(signal));
    if (sample) feed.sampled(sample);
  }
  return {
    address: page.address,
    tell: (event) => {
      story.hear(event, Date.now());
      if (event.kind !== 'now') feed.changed();
    },
    close: async () => {
      ending.abort();
      await looking;
      feed.close();
      await page.close();
    },
  };
}
