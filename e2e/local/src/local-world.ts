import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { knownImages, startLocalPlatform, type LocalPlatform } from '@canary/local';
import { APP_PORT, PROMETHEUS, PROMETHEUS_PORT, SERVICE_NAME } from '@canary/manifests';
import { prometheusWorld, type World } from '@canary/scenario';
import { startLoad, type TrafficReport } from '@canary/traffic';

const NAMESPACE = 'canary';
const REPORT_EVERY_MS = 250;
const myapp = fileURLToPath(new URL('../../../apps/myapp/dist/main.cjs', import.meta.url));

/** The embedded platform with the article's images, as a world to be tested. */
export interface LocalWorld extends World {
  readonly platform: LocalPlatform;
  /** Where the app's Service is reached. */
  url(): URL;
  close(): Promise<void>;
}

/** Starts an embedded platform of its own for a file of tests. */
export async function startLocalWorld(prometheus?: string): Promise<LocalWorld> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'canary-local-e2e-'));
  const images = knownImages({ myapp, prometheus });
  const platform = await startLocalPlatform({ images, stateDirectory });
  const url = () =>
    new URL(`http://${platform.serviceAddress(NAMESPACE, SERVICE_NAME, APP_PORT)}/`);
  return {
    platform,
    url,
    ...prometheusWorld(async (path) => {
      const address = platform.serviceAddress(NAMESPACE, PROMETHEUS, PROMETHEUS_PORT);
      return (await fetch(`http://${address}${path}`)).text();
    }),
    apply: (objects) => platform.apply(objects),
    read: ({ kind, metadata: { name } }) =>
      Promise.resolve(platform.read(kind, { namespace: NAMESPACE, name })),
    pods: async (appname) => {
      const workloads = await platform.list({ namespace: NAMESPACE, labels: { appname } });
      return workloads
        .flatMap(({ release, pods }) => pods.map((pod) => ({ release, ...pod })))
        .filter(({ terminating }) => !terminating)
        .map(({ name, release, node, scrapeAddress, ready }) => ({
          name,
          release,
          ready,
          node: node ?? '',
          scrapeAddress: scrapeAddress ?? '',
        }));
    },
    scale: (name, replicas) => platform.scale({ namespace: NAMESPACE, name }, replicas),
    deleteDeployment: (name) => platform.remove({ namespace: NAMESPACE, name }),
    serviceUid: (name) => Promise.resolve(uidOf(platform, name)),
    startTraffic: (rps) => Promise.resolve(watchedLoad(url(), rps)),
    close: async () => {
      // Nobody is left to be answered while pods drain.
      await platform.stop(0.2);
      await rm(stateDirectory, { recursive: true, force: true });
    },
  };
}

function uidOf(platform: LocalPlatform, name: string): string {
  const service = platform.read('Service', { namespace: NAMESPACE, name });
  return (service?.metadata as { uid?: string } | undefined)?.uid ?? 'no such Service';
}

function watchedLoad(url: URL, rps: number) {
  const load = startLoad({ url, rps, durationSeconds: 300 });
  const reports: TrafficReport[] = [];
  const timer = setInterval(() => reports.push(load.report()), REPORT_EVERY_MS);
  return {
    reports: () => reports,
    stop: () => {
      clearInterval(timer);
      load.stop();
      return load.done;
    },
  };
}
