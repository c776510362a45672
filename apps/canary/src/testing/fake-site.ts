import { EventEmitter, on } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import type { ImageCommand } from '@canary/local';
import {
  ConflictError,
  type Platform,
  type PlatformObject,
  type RolloutStore,
  type Workload,
} from '@canary/rollout';
import type { ReleaseNames } from '../site/named-platform.ts';
import type { Site, SiteEvent } from '../site/site.ts';
import { readinessObserver } from '../site/readiness-observer.ts';
import { fakeObserver, type Exposes } from './fake-observer.ts';
import { workload } from './objects.ts';

/** A site without a cluster: what is asked for is ready at once. */
export interface FakeSite extends Site {
  readonly events: SiteEvent[];
  /** Commands that stand for images, as they were told. */
  readonly runs: ImageCommand[];
  readonly workloads: () => readonly Workload[];
  /** Releases that answer with 500. */
  readonly failing: Set<string>;
  /** Requests that every pod answers from look to look. */
  answers: number;
  /** What pods expose; that of this project's own services by default. */
  exposes: Exposes | undefined;
  /** What was applied and is no Deployment. */
  readonly others: PlatformObject[];
  /** Secrets, by their names. */
  readonly secrets: Map<string, Readonly<Record<string, string>>>;
}

/** Of a place whose workloads are found by their labels. */
export const UNNAMED: ReleaseNames = { naming: undefined, isInPlace: false };

const LONGEST_SLEEP_MS = 100;

/** A site with one stable release of so many replicas. */
export function fakeSite(replicas = 2): FakeSite {
  const there = new Map<string, Workload>();
  const wakes = new Set<() => void>();
  const all = () => [...there.values()];
  const put = (next: Workload) => {
    const before = there.get(next.ref.name);
    const generation = (before?.generation ?? 0) + 1;
    there.set(next.ref.name, {
      ...next,
      uid: before?.uid ?? `${next.uid}-${Date.now()}`,
      generation,
    });
    for (const wake of wakes) wake();
  };
  put(workload('1.0.0', replicas));
  const events: SiteEvent[] = [];
  const runs: ImageCommand[] = [];
  const failing = new Set<string>();
  const others: PlatformObject[] = [];
  const secrets = new Map<string, Readonly<Record<string, string>>>();
  const platform = fakePlatform(there, { put, others }, wakes);
  const site: FakeSite = {
    namespace: 'canary',
    answers: 20,
    exposes: undefined,
    platform,
    sight: platform,
    store: memoryStore(),
    clock: {
      now: () => Date.now(),
      // Nothing here takes long enough to be waited for in full.
      sleep: async (ms, signal) => {
        await after(Math.min(ms, LONGEST_SLEEP_MS), undefined, { signal }).catch(() => undefined);
      },
    },
    user: 'ana',
    holder: 'ana@laptop:1',
    hasPrometheus: () => Promise.resolve(false),
    prometheus: () => Promise.resolve(undefined),
    observer: (selector, { source }) =>
      Promise.resolve(
        source === 'platform'
          ? readinessObserver(site.platform, selector)
          : fakeObserver(all, failing, () => site.answers, site.exposes),
      ),
    run: (commands) => {
      runs.push(...commands);
      return Promise.resolve();
    },
    isRolledOut: () => Promise.resolve(true),
    createSecret: (name, data) => {
      const isNew = !secrets.has(name);
      if (isNew) secrets.set(name, data);
      return Promise.resolve(isNew);
    },
    troubleOfJob: (job) => Promise.resolve(`${job}-x: ErrImagePull: no such image`),
    recordEvent: (event) => {
      events.push(event);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
    events,
    runs,
    workloads: all,
    failing,
    others,
    secrets,
  };
  return site;
}

function fakePlatform(
  there: Map<string, Workload>,
  { put, others }: { put: (next: Workload) => void; others: PlatformObject[] },
  wakes: Set<() => void>,
): Platform {
  const all = () => [...there.values()];
  const sized = (object: PlatformObject, count: number) => ({
    ...workload(releaseOf(object), count, (pod, index) => ({
      ...pod,
      name: `${object.metadata.name}-${index}`,
      templateHash: JSON.stringify((object['spec'] as { readonly template?: unknown }).template),
    })),
    ref: { namespace: 'canary', name: object.metadata.name },
    object: { ...object, spec: { ...(object['spec'] as object), replicas: count } },
  });
  return {
    apply: (objects) => {
      for (const object of objects) {
        if (object.kind !== 'Deployment') {
          others.push(object);
          continue;
        }
        const { replicas = 1 } = object['spec'] as { replicas?: number };
        put(sized(object, replicas));
      }
      return Promise.resolve();
    },
    list: ({ names }) =>
      Promise.resolve(all().filter(({ ref }) => names?.includes(ref.name) ?? true)),
    scale: ({ name }, count) => {
      const found = there.get(name);
      if (found && found.replicas !== count) put(sized(found.object, count));
      return Promise.resolve();
    },
    setTemplate: ({ name }, template) => {
      const { object } = there.get(name)!;
      put(
        sized(
          { ...object, spec: { ...(object['spec'] as object), template } },
          there.get(name)!.replicas,
        ),
      );
      return Promise.resolve();
    },
    remove: ({ name }) => {
      there.delete(name);
      for (const wake of wakes) wake();
      return Promise.resolve();
    },
    watch: async function* ({ names }, signal) {
      while (!signal.aborted) {
        yield all().filter(({ ref }) => names?.includes(ref.name) ?? true);
        await new Promise<void>((resolve) => {
          wakes.add(resolve);
          signal.addEventListener('abort', () => {
            resolve();
          });
        });
      }
    },
  };
}

function releaseOf(object: PlatformObject): string {
  // What is no release, such as Grafana, has none.
  return object.metadata.labels?.['release'] ?? 'none';
}

function memoryStore(): RolloutStore {
  const values = new Map<string, { readonly json: string; readonly version: string }>();
  const told = new EventEmitter();
  return {
    load: ((key) => {
      const found = values.get(key);
      const value: unknown = found && JSON.parse(found.json);
      return Promise.resolve(found && { value, version: found.version });
    }) as RolloutStore['load'],
    save: (key, value, version) => {
      if (values.get(key)?.version !== version) return Promise.reject(new ConflictError(key));
      const next = `${Number(version ?? 0) + 1}`;
      values.set(key, { json: JSON.stringify(value), version: next });
      told.emit(key);
      return Promise.resolve(next);
    },
    watch: async function* (key, signal) {
      const saves = on(told, key, { signal });
      yield;
      // It ends with an error where the signal aborts.
      while (!((await saves.next().catch(() => ({ done: true }))).done ?? false)) yield;
    },
  };
}
