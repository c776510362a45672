import {
  changesOf,
  type Clock,
  findRollout,
  type JudgedSeries,
  type Look,
  messageOf,
  type Observer,
  type Platform,
  type RolloutRecord,
  type RolloutStore,
  type Selector,
  type Stop,
  type Target,
  type Workload,
} from '@canary/rollout';
import { pageView } from '../view/page-view.ts';
import { Feed } from './feed.ts';
import { Sampler } from './sampler.ts';

/** Where the release is, and how it is looked at. */
export interface WatchReleaseOptions {
  readonly app: string;
  readonly selector: Selector;
  readonly platform: Platform;
  readonly store: RolloutStore;
  readonly clock: Clock;
  /** Looks at the pods that the selector finds, with the metrics that {@link series} may name. */
  readonly observer: Observer;
  /**
   * What counts requests: the judge's series where a release is judged. By default that of this project's
   * own services, with the metrics of `PAGE_METRICS`.
   */
  readonly series?: (look: Look, record: RolloutRecord | undefined) => JudgedSeries;
  /** Who has frozen the app, and why, and the key that it is stored under; without, nobody does. */
  readonly freeze?: { readonly key: string; readonly load: () => Promise<Stop | undefined> };
  /** Nobody acts on the page. */
  readonly readOnly?: boolean;
  /** Ends the watching. */
  readonly signal: AbortSignal;
}

/** A store that does not tell of changes is asked so often: what is saved is shown within a quarter of a second. */
const POLL_MS = 200;
const POLL_FREEZE_MS = 3000;
const LOOK_MS = 1000;
/** Of what only time changes, such as a driver that is silent. */
const REFRESH_MS = 3000;
const RETRY_MS = 1000;

/**
 * Watches a release on its platform for as long as `signal` lets it, and feeds what it sees to pages:
 * workloads as they change, the rollout's record, and a look at every pod each second, so that the
 * traffic before and after a rollout is seen, too. What fails is told as trouble, and tried again.
 */
export function watchRelease(options: WatchReleaseOptions): Feed {
  const { app, selector, platform, store, clock, observer, signal, readOnly = false } = options;
  const { namespace } = selector;
  let workloads: readonly Workload[] = [];
  let record: RolloutRecord | undefined;
  let frozen: Stop | undefined;
  let targets: readonly Target[] = [];
  let version: string | undefined;
  const troubles = new Map<string, string>();
  const feed = new Feed(() =>
    pageView({
      ...{ app, namespace, record, frozen, workloads, targets, readOnly },
      now: clock.now(),
      trouble: troubles.values().next().value,
    }),
  );
  const sampler = new Sampler();
  const isEnded = () => signal.aborted;

  /** Does it, and once more after a while for as long as it fails. */
  const done = async (what: string, work: () => Promise<void>) => {
    while (!isEnded()) {
      const error = await work().then(() => undefined, messageOf);
      if (isEnded()) return;
      if (error !== troubles.get(what)) {
        if (error === undefined) troubles.delete(what);
        else troubles.set(what, error);
        feed.changed();
      }
      if (error === undefined) return;
      await clock.sleep(RETRY_MS, signal);
    }
  };
  /** Does it again and again, so many milliseconds from start to start. */
  const every = async (what: string, ms: number, work: () => Promise<void>) => {
    while (!isEnded()) {
      const startedAt = clock.now();
      await done(what, work);
      await clock.sleep(Math.max(10, startedAt + ms - clock.now()), signal);
    }
  };
  /** Does it whenever what is stored under the key may have changed. */
  const onChange = async (
    what: string,
    key: string,
    everyMs: number,
    work: () => Promise<void>,
  ) => {
    const changes = changesOf(store, key, { clock, everyMs, signal });
    while (!(await changes.next()).done) await done(what, work);
  };
  const takeIn = (look: Look) => {
    const sample = sampler.take(look, options.series?.(look, record));
    if (sample) feed.sampled(sample);
    if (JSON.stringify(look.targets) === JSON.stringify(targets)) return;
    targets = look.targets;
    feed.changed();
  };

  void every('platform', RETRY_MS, async () => {
    for await (const now of platform.watch(selector, signal)) {
      workloads = now;
      if (troubles.delete('platform')) feed.changed();
      feed.changed();
    }
  });
  void onChange('store', app, POLL_MS, async () => {
    const stored = await findRollout(store, app);
    if (stored?.version === version) return;
    version = stored?.version;
    record = stored?.value;
    feed.changed();
  });
  const { freeze } = options;
  if (freeze) {
    void onChange('freeze', freeze.key, POLL_FREEZE_MS, async () => {
      frozen = await freeze.load();
      feed.changed();
    });
  }
  void every('time', REFRESH_MS, () => {
    feed.changed();
    return Promise.resolve();
  });
  void every('pods', LOOK_MS, async () => {
    takeIn(await observer.look(signal));
  });
  signal.addEventListener('abort', () => {
    feed.close();
  });
  return feed;
}
