import { knownImages, servePlatform, startLocalPlatform, type LocalPlatform } from '@canary/local';
import {
  APP_PORT,
  parseParameters,
  PROMETHEUS,
  PROMETHEUS_PORT,
  renderObjects,
  SERVICE_NAME,
} from '@canary/manifests';
import { startLoad, type TrafficReport } from '@canary/traffic';
import { MYAPP } from '../images.ts';
import { clearStateFolder, openStateFolder } from '../site/state-folder.ts';
import { until } from '../until.ts';
import { watchLoad } from './watch-load.ts';
import type { UpEvent } from './up-event.ts';

/** What `canary up` holds, and for how long. */
export interface HoldOptions {
  readonly state: string;
  readonly namespace: string;
  /** Of v1, which is deployed at once. */
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
 * Starts an embedded platform with v1, and holds it for other commands until the signal aborts.
 *
 * @returns the counts of its load, where there was one
 * @throws an `Error` where another process holds the state folder, or v1 is not ready in time
 */
export async function holdPlatform(options: HoldOptions): Promise<TrafficReport | undefined> {
  const { state, namespace, port, prometheus, tell } = options;
  await openStateFolder(state);
  let isUp = false;
  const platform = await startLocalPlatform({
    images: knownImages({ myapp: MYAPP, prometheus }),
    stateDirectory: state,
    hostPort: (service) => (isAppOf(namespace, service) && port > 0 ? port : undefined),
    // What of the article's own objects a process cannot honour changes nothing of what is shown.
    onNotice: (message) => {
      if (isUp) tell({ kind: 'notice', message });
    },
  });
  try {
    const server = await servePlatform({
      platform,
      stateDirectory: state,
      onEvent: (event) => {
        tell({ kind: 'event', at: Date.now(), ...event });
      },
    });
    try {
      await clearStateFolder(state);
      await deploy(platform, options);
      isUp = true;
      return await hold(platform, options);
    } finally {
      await server.close();
    }
  } finally {
    await platform.stop(GRACE_SECONDS);
  }
}

async function deploy(platform: LocalPlatform, options: HoldOptions): Promise<void> {
  const { namespace, replicas, prometheus, signal } = options;
  const parameters = parseParameters({ namespace, replicas, scrapeSeconds: 2 });
  const names = prometheus === undefined ? ['v1'] : ['prometheus', 'v1'];
  const objects = renderObjects(names, parameters);
  const own = new Set(objects.map(({ metadata }) => metadata.name));
  await platform.apply(objects);
  await until(
    platform,
    { namespace, labels: {} },
    {
      what: `${names.join(' and ')} to be ready`,
      seconds: READY_SECONDS,
      signal,
      // Others may deploy as soon as they reach the socket.
      wanted: (all) =>
        all
          .filter(({ ref }) => own.has(ref.name))
          .every((workload) => workload.readyReplicas === workload.replicas),
    },
  );
}

async function hold(
  platform: LocalPlatform,
  { namespace, replicas, rps, prometheus, state, tell, signal }: HoldOptions,
): Promise<TrafficReport | undefined> {
  const address = (name: string, port: number) =>
    `http://${platform.serviceAddress(namespace, name, port)}/`;
  const app = address(SERVICE_NAME, APP_PORT);
  tell({
    kind: 'up',
    at: Date.now(),
    state,
    namespace,
    app,
    replicas,
    prometheus: prometheus === undefined ? undefined : address(PROMETHEUS, PROMETHEUS_PORT),
  });
  if (rps > 0) {
    const load = startLoad({ url: new URL(app), rps, durationSeconds: Infinity });
    return watchLoad(load, tell, signal);
  }
  if (!signal.aborted)
    await new Promise((resolve) => {
      signal.addEventListener('abort', resolve, { once: true });
    });
  return undefined;
}

function isAppOf(
  namespace: string,
  service: { readonly namespace: string; readonly name: string; readonly port: number },
): boolean {
  const { name, port } = service;
  return service.namespace === namespace && name === SERVICE_NAME && port === APP_PORT;
}
