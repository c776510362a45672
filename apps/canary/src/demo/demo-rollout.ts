import { setTimeout as sleep } from 'node:timers/promises';
import { APP_NAME, deploymentName, parseParameters, renderObjects } from '@canary/manifests';
import {
  drive,
  judgedMetrics,
  judgeFor,
  loadRollout,
  newRollout,
  planRelease,
  startRollout,
  type RolloutRecord,
} from '@canary/rollout';
import { systemClock } from '@canary/runtime';
import type { DemoSite } from './demo-site.ts';

/** What the rollout of a demonstration is like. */
export interface DemoRolloutOptions {
  readonly site: DemoSite;
  /** Releases that it goes from and to. */
  readonly stable: string;
  readonly canary: string;
  readonly replicas: number;
  readonly canaryReplicas: number;
  /** Variables of the canary. */
  readonly env: Readonly<Record<string, string>>;
  /** No verdict promotes before; three times as long without one, and the figures seen decide. */
  readonly soakSeconds: number;
  /** The canary at full size is observed for so long before the stable release goes. */
  readonly bakeSeconds: number;
  readonly signal: AbortSignal;
}

/** A rollout under way. */
export interface DemoRollout {
  /** As it was last saved. */
  record(): RolloutRecord;
  /** Resolves when it is so, or the rollout has ended or turned back. */
  until(isSo: (record: RolloutRecord) => boolean): Promise<void>;
  readonly ended: Promise<RolloutRecord>;
}

/** What `canary status` and the page know it as. */
export const DEMO_KEY = APP_NAME;
/** With 0.05 points a canary without errors would need some 10,000 requests of its own. */
const MARGIN = 0.01;
const LOOK_SECONDS = 1;
const WARM_UP_SECONDS = 2;
const POLL_MS = 50;

/** Starts the release of a demonstration, planned, driven and judged as `canary start` does it. */
export async function startDemoRollout(options: DemoRolloutOptions): Promise<DemoRollout> {
  const { site, replicas, canaryReplicas, soakSeconds, bakeSeconds, signal } = options;
  const { platform, store } = site;
  const limitSeconds = 3 * soakSeconds;
  const { plan } = planRelease({
    stableReplicas: replicas,
    canaryReplicas: [canaryReplicas],
    maxSurge: Math.max(replicas, canaryReplicas),
    observe: {
      until: 'verdict',
      ...{ soakSeconds, limitSeconds, everySeconds: LOOK_SECONDS, onTimeout: 'promote' },
    },
    bakeSeconds,
  });
  const { namespace } = site.parameters;
  const selector = { namespace, labels: { appname: APP_NAME } };
  const [canary] = renderObjects(
    ['v2'],
    parseParameters({ ...site.parameters, version: options.canary, env: options.env }),
  );
  const record = newRollout({
    id: `demo-${options.canary}`,
    app: APP_NAME,
    selector,
    plan,
    workloads: await platform.list(selector),
    stable: deploymentName(options.stable),
    canary: canary!,
    now: systemClock.now(),
  });
  await startRollout(store, DEMO_KEY, record);
  let { value: last } = await loadRollout(store, DEMO_KEY);
  // The soak is the plan's. Its processes are new, and warm after their first requests.
  const times = { soakSeconds: 0, warmUpSeconds: WARM_UP_SECONDS };
  const judge = judgeFor(site.judge(judgedMetrics()), {
    judge: { margin: MARGIN, ...times },
  });
  const ended = drive({
    ...{ platform, store, judge, signal },
    clock: systemClock,
    key: DEMO_KEY,
    holder: `canary demo:${process.pid}`,
    onChange: (now) => {
      last = now;
    },
  });
  // It is waited for by whoever tells the story; until then a failure must not end the process.
  ended.catch(() => undefined);
  const isOver = () => last.outcome !== undefined || last.direction === 'back';
  return {
    record: () => last,
    ended,
    until: async (isSo) => {
      const failed = ended.then(() => undefined);
      while (!isSo(last) && !isOver()) {
        await Promise.race([sleep(POLL_MS, undefined, { signal }), failed]);
      }
    },
  };
}
