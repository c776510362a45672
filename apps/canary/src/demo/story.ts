import { setTimeout as sleep } from 'node:timers/promises';
import { APP_NAME, PROMETHEUS, parseParameters, renderObjects } from '@canary/manifests';
import type { RolloutRecord, Target, Workload } from '@canary/rollout';
import type { DemoEvent, DemoSummary } from './events.ts';
import { Narrator } from './narrator.ts';
import { startDemoRollout, type DemoRollout } from './demo-rollout.ts';
import { failuresOf, splitSince } from './split.ts';
import type { DemoSite, DemoLoad } from './demo-site.ts';
import { until } from '../until.ts';

/** What the demonstration is to be like. */
export interface StoryOptions {
  readonly replicas: number;
  readonly canaryReplicas: number;
  /** Requests per second. */
  readonly rps: number;
  /** 2 halves every time for which things are only watched. */
  readonly speed: number;
  /** Gives the canary errors. */
  readonly bad: boolean;
  readonly signal: AbortSignal;
  readonly tell: (event: DemoEvent) => void;
}

const STABLE = '1.0.0';
const CANARY = '2.0.0';
/** What the releases call themselves in their answers. */
const VERSIONS = { stable: '1.0', canary: 'v2.0.0' };
/** Seconds for which things are only watched, at speed 1. */
const WATCHED = { stable: 8, canary: 20, bake: 4, after: 5 };
const DEADLINE_SECONDS = 90;
/** The service answers within a second, unless it is told otherwise. */
const SLOWEST_ANSWER_MS = 1000;
/** How often a bad canary fails. */
const BAD_ERROR_RATE = '0.3';

/** Carries out the article's release on a site, from v1 alone to v2 alone, or back to v1. */
export async function tellStory(site: DemoSite, options: StoryOptions): Promise<DemoSummary> {
  const start = performance.now();
  const narrator = new Narrator(site, options.tell);
  const scene = { site, options, narrator };
  const { replicas, canaryReplicas } = options;
  try {
    const load = await narrator.phase(
      'v1',
      `${replicas} replicas of ${STABLE} take the traffic`,
      () => startStable(scene),
    );
    const rollout = await narrator.phase(
      'canary',
      `${canaryReplicas} of ${CANARY} joins behind the same Service`,
      () => tryCanary(scene, load),
    );
    const { direction, reason } = rollout.record();
    narrator.say(reason);
    const record =
      direction === 'back'
        ? await narrator.phase('roll back', `${CANARY} leaves`, () => end(scene, rollout))
        : await narrator.phase(
            'take-over',
            `${CANARY} grows to ${replicas}, ${STABLE} leaves`,
            () => end(scene, rollout),
          );
    const traffic = await load.stop();
    return {
      site: site.name,
      outcome: record.outcome,
      // It may have turned back after it was told of as good, at full size.
      reason: record.direction === 'back' ? record.reason : reason,
      failures: {
        stable: failuresOf(traffic, VERSIONS.stable),
        canary: failuresOf(traffic, VERSIONS.canary),
      },
      seconds: (performance.now() - start) / 1000,
      phases: narrator.phases,
      split: narrator.split(),
      traffic,
      lost: Object.values(traffic.networkErrors).reduce((sum, count) => sum + count, 0),
      targets: narrator.targets,
    };
  } finally {
    await narrator.end();
    await narrator.load?.stop();
  }
}

interface Scene {
  readonly site: DemoSite;
  readonly options: StoryOptions;
  readonly narrator: Narrator;
}

async function startStable(scene: Scene): Promise<DemoLoad> {
  const { site, options, narrator } = scene;
  await apply(scene, site.around, {});
  await apply(scene, ['v1'], { replicas: options.replicas });
  await apply(scene, ['tomcat'], {});
  await ready(scene, STABLE, options.replicas);
  const load = await site.startLoad(options.rps, 3600);
  narrator.load = load;
  narrator.say(`${options.rps} requests a second through the Service, a connection for each`);
  if (site.around.includes(PROMETHEUS)) {
    await workloads(
      scene,
      { appname: PROMETHEUS },
      'Prometheus to be ready',
      ([found]) => found?.readyReplicas === 1,
    );
  }
  narrator.observer = site.observer();
  await watchFor(scene, WATCHED.stable);
  const down = await targets(scene, 'the counter-example to be found DOWN', (all) => {
    const tomcats = all.filter(({ release }) => release !== STABLE);
    return tomcats.length === 2 && tomcats.every(({ error }) => error?.includes('404'));
  });
  const { error } = down.find(({ health }) => health === 'down')!;
  narrator.say(`Tomcat, annotated for scraping, is DOWN for ${site.observedBy}: ${error ?? ''}`);
  return load;
}

/** Until the judge has come to a verdict. */
async function tryCanary(scene: Scene, load: DemoLoad): Promise<DemoRollout> {
  const { site, options, narrator } = scene;
  const { replicas, canaryReplicas, bad, speed, signal } = options;
  const rollout = await startDemoRollout({
    ...{ site, replicas, canaryReplicas, signal },
    stable: STABLE,
    canary: CANARY,
    env: bad ? { ERROR_RATE: BAD_ERROR_RATE } : {},
    soakSeconds: WATCHED.canary / speed,
    bakeSeconds: WATCHED.bake / speed,
  });
  // The Service learns of a ready pod a moment later, and what was under way before is v1's alone.
  await rollout.until(() => VERSIONS.canary in load.report().versions);
  const answeredAt = performance.now();
  await rollout.until(() => performance.now() >= answeredAt + SLOWEST_ANSWER_MS);
  const before = load.report();
  const replicaShare = canaryReplicas / (replicas + canaryReplicas);
  narrator.split = () =>
    splitSince({ before, now: load.report(), versions: VERSIONS, replicaShare });
  await rollout.until(isDecided);
  const split = narrator.split();
  narrator.split = () => split;
  return rollout;
}

/** The observation is over. */
function isDecided({ stage }: RolloutRecord): boolean {
  return stage > 0;
}

async function end(scene: Scene, rollout: DemoRollout): Promise<RolloutRecord> {
  const record = await rollout.ended;
  scene.options.signal.throwIfAborted();
  if (record.outcome === 'promoted' || record.outcome === 'rolled back')
    await watchFor(scene, WATCHED.after);
  return record;
}

async function apply({ site }: Scene, names: readonly string[], changes: object): Promise<void> {
  await site.platform.apply(
    renderObjects(names, parseParameters({ ...site.parameters, ...changes })),
  );
}

async function ready(scene: Scene, release: string, replicas: number): Promise<void> {
  const labels = { appname: APP_NAME, release };
  await workloads(
    scene,
    labels,
    `${replicas} ready replicas of ${release}`,
    ([found]) => found?.readyReplicas === replicas,
  );
}

async function workloads(
  { site, options }: Scene,
  labels: Readonly<Record<string, string>>,
  what: string,
  wanted: (found: readonly Workload[]) => boolean,
): Promise<void> {
  const selector = { namespace: site.parameters.namespace, labels };
  await until(site.platform, selector, {
    what,
    wanted,
    seconds: DEADLINE_SECONDS,
    signal: options.signal,
  });
}

async function targets(
  { options, narrator }: Scene,
  what: string,
  wanted: (targets: readonly Target[]) => boolean,
): Promise<readonly Target[]> {
  const deadline = performance.now() + DEADLINE_SECONDS * 1000;
  while (!wanted(narrator.targets)) {
    if (performance.now() > deadline) {
      const seen = narrator.targets.map(
        ({ pod, health, error }) => `${pod} ${health} ${error ?? ''}`,
      );
      throw new Error(
        `waited ${DEADLINE_SECONDS} s for ${what} and saw ${seen.join('; ') || 'no target'}`,
      );
    }
    await sleep(200, undefined, { signal: options.signal });
  }
  return narrator.targets;
}

async function watchFor({ options }: Scene, seconds: number): Promise<void> {
  await sleep((seconds * 1000) / options.speed, undefined, { signal: options.signal });
}
