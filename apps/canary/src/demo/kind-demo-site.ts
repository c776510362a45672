import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  buildImage,
  clusterExists,
  createCluster,
  loadImages,
  missingTool,
  pullMissing,
  writeKubeconfig,
} from '@canary/kind';
import { configMapStore, kubernetesPlatform, podsProxy, type Cluster } from '@canary/kubernetes';
import {
  APP_NAME,
  parseParameters,
  PROMETHEUS,
  PROMETHEUS_PORT,
  renderObjects,
  TRAFFIC_NAME,
} from '@canary/manifests';
import { systemClock } from '@canary/runtime';
import type { TrafficReport } from '@canary/traffic';
import { imagesFromEnvironment } from '../images.ts';
import { scrapingObserver } from '../site/scraping-observer.ts';
import { sharedSight } from '../site/shared-sight.ts';
import { viewingObserver } from '../site/viewing-observer.ts';
import type { DemoSite, DemoLoad } from './demo-site.ts';

const CLUSTER = 'canary-demo';
const MYAPP_FOLDER = fileURLToPath(new URL('./images/myapp', import.meta.url));
/** The command line's own folder: its image is made of its bundle. */
const CANARY_FOLDER = fileURLToPath(new URL('..', import.meta.url));

/** What {@link kindDemoSite} is told. */
export interface KindDemoSiteOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Takes what is being made ready, which can take a minute. */
  readonly say: (text: string) => void;
}

/** The demonstration on a kind cluster, which is made where it is not there and stays for the next time. */
export async function kindDemoSite({ env, say }: KindDemoSiteOptions): Promise<DemoSite> {
  const missing = await missingTool();
  if (missing !== undefined) throw new Error(missing);
  const parameters = parseParameters({ images: imagesFromEnvironment(env) });
  const folder = await mkdtemp(join(tmpdir(), 'canary-demo-'));
  const kubeconfig = join(folder, 'kubeconfig');
  await prepareCluster({ env, say, kubeconfig });
  await prepareImages(env, parameters.images, say);
  const platform = kubernetesPlatform({ kubeconfig });
  const sight = sharedSight(platform, systemClock);
  const { namespace } = parameters;
  await deleteNamespace(platform.cluster, namespace, say);
  const way = podsProxy({ cluster: platform.cluster, namespace });
  const service = `services/${PROMETHEUS}:${PROMETHEUS_PORT}/proxy`;
  const prometheus = {
    url: `${platform.cluster.server}/api/v1/namespaces/${namespace}/${service}`,
    fetch: way.fetch,
  };
  return {
    name: `the kind cluster ${CLUSTER}`,
    platform,
    store: configMapStore({ cluster: platform.cluster, namespace }),
    parameters,
    around: ['namespace', PROMETHEUS],
    observedBy: 'Prometheus',
    observer: () =>
      viewingObserver({
        ...{ sight, selector: { namespace, labels: {} }, prometheus },
        view: { source: 'prometheus' },
      }),
    scrape: (metrics) =>
      scrapingObserver(sight, { namespace, labels: { appname: APP_NAME } }, { ...way, metrics }),
    judge: (metrics) =>
      viewingObserver({
        ...{ sight, selector: { namespace, labels: { appname: APP_NAME } }, way, prometheus },
        view: { source: 'direct', metrics },
      }),
    startLoad: async (rps, duration) => {
      await platform.apply(renderObjects([TRAFFIC_NAME], { ...parameters, rps, duration }));
      return followedLoad(platform.cluster, namespace);
    },
    close: async () => {
      await deleteNamespace(platform.cluster, namespace, () => undefined);
      sight.close();
      await platform.close();
      await rm(folder, { recursive: true, force: true });
      say(`the cluster stays for the next time; kind delete cluster --name ${CLUSTER} ends it`);
    },
  };
}

async function prepareCluster(options: KindDemoSiteOptions & { readonly kubeconfig: string }) {
  const { env, say, kubeconfig } = options;
  if (await clusterExists(CLUSTER)) {
    await writeKubeconfig(CLUSTER, kubeconfig);
    return;
  }
  say(`making the kind cluster ${CLUSTER}: a control plane and two workers, about a minute`);
  await createCluster({ name: CLUSTER, workers: 2, kubeconfig, nodeImage: env['KIND_NODE_IMAGE'] });
}

async function prepareImages(
  env: KindDemoSiteOptions['env'],
  images: Readonly<Record<string, string>>,
  say: (text: string) => void,
) {
  const { myapp = '', canary = '', tomcat = '', prometheus = '' } = images;
  say('making the images and loading them onto every node');
  const nodeImage = env['NODE_IMAGE'];
  await buildImage({ tag: myapp, context: MYAPP_FOLDER, nodeImage });
  await buildImage({ tag: canary, context: CANARY_FOLDER, nodeImage });
  await pullMissing([tomcat, prometheus]);
  await loadImages(CLUSTER, [myapp, canary, tomcat, prometheus]);
}

/** What an interrupted demonstration left must not help, or hinder, this one. */
async function deleteNamespace(cluster: Cluster, namespace: string, say: (text: string) => void) {
  const path = `/api/v1/namespaces/${namespace}`;
  const there = async () => {
    const answer = await cluster.send(path);
    await answer.body?.cancel();
    return answer.status !== 404;
  };
  if (!(await there())) return;
  say(`deleting what is left in the namespace ${namespace}`);
  await (await cluster.send(path, { method: 'DELETE' })).body?.cancel();
  while (await there()) await sleep(500);
}

/** Follows the counts that the load's pod logs, a line of JSON every second. */
async function followedLoad(cluster: Cluster, namespace: string): Promise<DemoLoad> {
  const pod = await runningPod(cluster, namespace);
  let last: TrafficReport | undefined;
  let heard: () => void = () => undefined;
  const first = new Promise<void>((resolve) => (heard = resolve));
  const following = (async () => {
    const lines = cluster.stream<TrafficReport>({
      asked: `follow the log of ${pod}`,
      path: `/api/v1/namespaces/${namespace}/pods/${pod}/log`,
      query: { follow: 'true' },
    });
    for await (const report of lines) {
      last = report;
      heard();
    }
  })();
  await Promise.race([first, following]);
  const report = () => {
    if (last === undefined) throw new Error(`the load wrote no counts: see the log of pod ${pod}`);
    return last;
  };
  const end = async () => {
    // SIGTERM: it stops sending, waits for what is in flight and writes its last counts.
    await cluster.request({
      asked: `delete Job ${TRAFFIC_NAME}`,
      method: 'DELETE',
      path: `/apis/batch/v1/namespaces/${namespace}/jobs/${TRAFFIC_NAME}`,
      body: { propagationPolicy: 'Background' },
    });
    await following;
    return report();
  };
  let ended: Promise<TrafficReport> | undefined;
  return { report, stop: () => (ended ??= end()) };
}

async function runningPod(cluster: Cluster, namespace: string): Promise<string> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const { items } = await cluster.request<{
      items: readonly { metadata: { name: string }; status: { phase: string } }[];
    }>({
      asked: 'find the pod that sends the load',
      path: `/api/v1/namespaces/${namespace}/pods`,
      query: { labelSelector: `appname=${TRAFFIC_NAME}` },
    });
    const running = items.find(({ status }) => status.phase === 'Running');
    if (running) return running.metadata.name;
    await sleep(250);
  }
  throw new Error(
    'waited 60 s for the pod that sends the load to run: see kubectl describe job/traffic',
  );
}
