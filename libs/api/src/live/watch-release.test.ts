import { setTimeout as after } from 'node:timers/promises';
import type { Look, Platform, RolloutRecord, RolloutStore, Workload } from '@canary/rollout';
import { afterEach, describe, expect, it } from 'vitest';
import { observedRecord, workload } from '../testing/objects.ts';
import type { News } from './feed.ts';
import { watchRelease } from './watch-release.ts';

/** A platform, a store and pods that change as a test says. */
function world() {
  const ending = new AbortController();
  const state = {
    workloads: [workload('1.0.0', 4)] as readonly Workload[],
    record: undefined as RolloutRecord | undefined,
    version: 0,
    looks: 0,
    broken: undefined as string | undefined,
  };
  let wake: () => void = () => undefined;
  const platform: Pick<Platform, 'watch'> = {
    watch: async function* (_, signal) {
      while (!signal.aborted) {
        if (state.broken !== undefined) throw new Error(state.broken);
        yield state.workloads;
        await new Promise<void>((resolve) => {
          wake = resolve;
          signal.addEventListener('abort', () => {
            resolve();
          });
        });
      }
    },
  };
  const store: Pick<RolloutStore, 'load'> = {
    load: (() =>
      Promise.resolve(
        state.record && { value: state.record, version: String(state.version) },
      )) as RolloutStore['load'],
  };
  const feed = watchRelease({
    ...{ app: 'myapp', selector: { namespace: 'canary', labels: {} } },
    platform: platform as Platform,
    store: store as RolloutStore,
    clock: {
      now: () => Date.now(),
      sleep: async (ms, signal) => {
        await after(ms, undefined, { signal }).catch(() => undefined);
      },
    },
    observer: {
      look: () => {
        state.looks++;
        const look: Look = { at: Date.now(), samples: [], targets: [] };
        return Promise.resolve(look);
      },
    },
    signal: ending.signal,
  });
  const news: News[] = [];
  feed.subscribe((one) => news.push(one));
  return {
    ...{ feed, news, state, ending },
    change: (change: Partial<typeof state>) => {
      Object.assign(state, change, { version: state.version + 1 });
      wake();
    },
  };
}

describe('watching a release', () => {
  let ending = new AbortController();
  afterEach(() => {
    ending.abort();
  });
  const begin = () => {
    const made = world();
    ({ ending } = made);
    return made;
  };

  it('tells of workloads and of the record within a quarter of a second', async () => {
    const { feed, news, change } = begin();
    await expect.poll(() => feed.view().pods.length).toBe(4);
    await after(300);
    const before = news.length;
    const at = Date.now();
    change({ workloads: [workload('1.0.0', 4), workload('2.0.0', 1)], record: observedRecord() });
    await expect
      .poll(
        () => {
          const last = news.slice(before).findLast((one) => one.kind === 'view');
          return [last?.view.pods.length, last?.view.status.rollout?.to];
        },
        { interval: 5 },
      )
      .toEqual([5, '2.0.0']);
    expect(Date.now() - at).toBeLessThan(350);
  });

  it('says why what is shown may be old, and takes it back', async () => {
    const { feed, change } = begin();
    await expect.poll(() => feed.view().pods.length).toBe(4);
    change({ broken: 'the cluster does not answer' });
    await expect
      .poll(() => feed.view().trouble, { timeout: 3000 })
      .toBe('the cluster does not answer');
    expect(feed.view().pods).toHaveLength(4);
    change({ broken: undefined });
    await expect.poll(() => feed.view().trouble, { timeout: 3000 }).toBeUndefined();
  });

  it('looks at the pods every second, and no more once it is ended', async () => {
    const { state, news, ending: end } = begin();
    await expect
      .poll(() => news.some(({ kind }) => kind === 'sample'), { timeout: 3000 })
      .toBe(true);
    end.abort();
    await after(50);
    const { looks } = state;
    await after(1200);
    expect(state.looks).toBe(looks);
  });
});
