import { isDeepStrictEqual } from 'node:util';
import {
  ImageCommands,
  knownImages,
  prometheusImage,
  servePlatform,
  startLocalPlatform,
  type ImageCommand,
  type ImageRunner,
  type LocalPlatform,
  type ServicePort,
} from '@canary/local';
import {
  APP_PORT,
  parseParameters,
  PROMETHEUS,
  PROMETHEUS_PORT,
  renderObjects,
  SERVICE_NAME,
} from '@canary/manifests';
import { startLoad, type TrafficReport } from '@canary/traffic';
import { UsageError } from '../command.ts';
import { MYAPP } from '../images.ts';
import { clearStateFolder, openStateFolder } from '../site/state-folder.ts';
import { until } from '../until.ts';
import { refuseUnknownImages, type OwnApp } from './own-app.ts';
import { watchLoad } from './watch-load.ts';
import type { UpEvent } from './up-event.ts';

/** What `canary up` holds, and for how long. */
export interface HoldOptions {
  readonly state: string;
  readonly namespace: string;
  /** What is deployed at once instead of v1. */
  readonly own: OwnApp | undefined;
  /** What stands for images, until others say more. */
  readonly commands: readonly ImageCommand[];
  /** Of v1, where that is deployed at once. */
  readonly replicas: number;
  /** Requests per second that this process sends; 0 for none. */
  readonly rps: number;
  /** The port of this machine where the app is; 0 for a free one. */
  readonly port: number;
  /** The `prometheus` program, where there is one. */
  readonly prometheus: string | undefined;
  readonly tell: (event: UpEvent) => void;
  readonly signal: AbortSignal;
}

const READY_SECONDS = 60;
/** Nobody is left to be answered when everything ends. */
const GRACE_SECONDS = 0.2;

/**
 * Starts an embedded platform with v1, or an app of files, and holds it for other commands until the
 * signal aborts.
 *
 * @returns the counts of its load, where there was one
 * @throws an `Error` where another process holds the state folder, or the app is not ready in time,
 * and a `UsageError` where the app cannot be run or reached as is asked
 */
export async function holdPlatform(options: HoldOptions): Promise<TrafficReport | undefined> {
  const { state, own, port, tell } = options;
  const commands = new ImageCommands(options.commands);
  const images = imagesOf(options, commands);
  const front = frontOf(options);
  if (own) refuseUnknownImages(own, images);
  await openStateFolder(state);
  // What of the article's own objects a process cannot honour changes nothing of what is shown.
  let isTold = own !== undefined;
  const platform = await startLocalPlatform({
    images,
    stateDirectory: state,
    hostPort: (service) =>
      port > 0 && isDeepStrictEqual({ ...service }, front) ? port : undefined,
    onNotice: (message) => {
      if (isTold) tell({ kind: 'notice', message });
    },
  });
  try {
    const server = await servePlatform({
      platform,
      stateDirectory: state,
      onEvent: (event) => {
        tell({ kind: 'event', at: Date.now(), ...event });
      },
      onRuns: (more) => {
        commands.add(more);
      },
    });
    try {
      await clearStateFolder(state);
      await deploy(platform, options);
      isTold = true;
      return await hold(platform, options, front);
    } finally {
      await server.close();
    }
  } finally {
    await platform.stop(GRACE_SECONDS);
  }
}

/** An app of files has images of its own, whatever they are called. */
function imagesOf({ own, prometheus }: HoldOptions, commands: ImageCommands): ImageRunner[] {
  if (!own) return [commands, ...knownImages({ myapp: MYAPP, prometheus })];
  return [commands, ...(prometheus === undefined ? [] : [prometheusImage(prometheus)])];
}

/** The port of the app that is told, and that is under load; undefined where it has no Service. */
function frontOf({ own, namespace, rps, port }: HoldOptions): ServicePort | undefined {
  if (!own) return { namespace, name: SERVICE_NAME, port: APP_PORT };
  const [first] = own.services;
  if (first || (rps === 0 && port === 0)) return first;
  throw new UsageError(
    `${rps > 0 ? '--rps' : '--port'} is about the first Service of the files, and they have none: add one, or leave it out`,
  );
}

async function deploy(platform: LocalPlatform, options: HoldOptions): Promise<void> {
  const { namespace, own, replicas, prometheus, signal, tell } = options;
  const parameters = parseParameters({ namespace, replicas, scrapeSeconds: 2 });
  const names = [...(prometheus === undefined ? [] : ['prometheus']), ...(own ? [] : ['v1'])];
  for (const object of own?.leftOut ?? [])
    tell({
      kind: 'notice',
      message: `${object} is left out: the embedded platform runs Deployments, Services and ConfigMaps`,
    });
  // Each wait below is for what is here by now.
  const objects = [...(own?.objects ?? []), ...renderObjects(names, parameters)];
  await platform.apply(objects);
  const deployments = objects.filter(({ kind }) => kind === 'Deployment');
  for (const space of new Set(deployments.map(({ metadata }) => metadata.namespace ?? namespace))) {
    const there = deployments
      .filter(({ metadata }) => (metadata.namespace ?? namespace) === space)
      .map(({ metadata }) => metadata.name);
    await until(
      platform,
      { namespace: space, labels: {}, names: there },
      {
        what: `${own ? there.join(' and ') : names.join(' and ')} to be ready`,
        seconds: READY_SECONDS,
        signal,
        wanted: (all) => all.every(({ readyReplicas, replicas }) => readyReplicas === replicas),
      },
    );
  }
}

async function hold(
  platform: LocalPlatform,
  { namespace, own, replicas, rps, prometheus, state, tell, signal }: HoldOptions,
  front: ServicePort | undefined,
): Promise<TrafficReport | undefined> {
  const urlOf = (service: ServicePort) =>
    `http://${platform.serviceAddress(service.namespace, service.name, service.port)}/`;
  const app = front && urlOf(front);
  tell({
    kind: 'up',
    at: Date.now(),
    ...{ state, namespace, app },
    replicas: own ? await replicasOf(platform, own) : replicas,
    prometheus:
      prometheus === undefined
        ? undefined
        : urlOf({ namespace, name: PROMETHEUS, port: PROMETHEUS_PORT }),
    ...(own && {
      own: {
        deployments: own.deployments,
        services: own.services.map((service) => ({ ...service, url: urlOf(service) })),
      },
    }),
  });
  if (rps > 0 && app !== undefined) {
    const load = startLoad({ url: new URL(app), rps, durationSeconds: Infinity });
    return watchLoad(load, tell, signal);
  }
  if (!signal.aborted)
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
  return undefined;
}

async function replicasOf(platform: LocalPlatform, { deployments }: OwnApp): Promise<number> {
  const found = deployments.map(async ({ namespace, name }) => {
    const [workload] = await platform.list({ namespace, labels: {}, names: [name] });
    return workload?.replicas ?? 0;
  });
  return (await Promise.all(found)).reduce((sum, count) => sum + count, 0);
}
