import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStore, knownImages, startLocalPlatform } from '@canary/local';
import {
  APP_NAME,
  APP_PORT,
  parseParameters,
  PROMETHEUS,
  PROMETHEUS_PORT,
  SERVICE_NAME,
} from '@canary/manifests';
import { startLoad } from '@canary/traffic';
import { scrapingObserver } from '../site/scraping-observer.ts';
import { viewingObserver } from '../site/viewing-observer.ts';
import type { DemoSite } from './demo-site.ts';

/** What {@link localDemoSite} is told. */
export interface LocalDemoSiteOptions {
  /** The bundle of the service. */
  readonly myapp: string;
  /** The `prometheus` program; without one, pods are scraped directly. */
  readonly prometheus: string | undefined;
  /** Takes what of the objects is not honoured here. */
  readonly onNotice: (message: string) => void;
}

/** The demonstration on this machine: the embedded platform, with the load from this process. */
export async function localDemoSite({
  myapp,
  prometheus,
  onNotice,
}: LocalDemoSiteOptions): Promise<DemoSite> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'canary-demo-'));
  const images = knownImages({ myapp, prometheus });
  const platform = await startLocalPlatform({ images, stateDirectory, onNotice });
  const parameters = parseParameters({ scrapeSeconds: 2 });
  const { namespace } = parameters;
  /** Its address is known once it is applied. */
  const prometheusOf = () =>
    prometheus === undefined
      ? undefined
      : { url: `http://${platform.serviceAddress(namespace, PROMETHEUS, PROMETHEUS_PORT)}` };
  return {
    name: 'this machine',
    platform,
    store: fileStore(join(stateDirectory, 'rollouts')),
    parameters,
    around: prometheus === undefined ? [] : ['prometheus'],
    observedBy: prometheus === undefined ? 'direct scrapes' : 'Prometheus',
    observer: () =>
      viewingObserver({
        ...{ sight: platform, selector: { namespace, labels: {} }, prometheus: prometheusOf() },
        view: { source: prometheus === undefined ? 'direct' : 'prometheus' },
      }),
    scrape: (metrics) =>
      scrapingObserver(platform, { namespace, labels: { appname: APP_NAME } }, { metrics }),
    judge: (metrics) =>
      viewingObserver({
        ...{ sight: platform, selector: { namespace, labels: { appname: APP_NAME } } },
        prometheus: prometheusOf(),
        view: { source: 'direct', metrics },
      }),
    startLoad: (rps, durationSeconds) => {
      const url = new URL(`http://${platform.serviceAddress(namespace, SERVICE_NAME, APP_PORT)}/`);
      const load = startLoad({ url, rps, durationSeconds });
      const stop = () => {
        load.stop();
        return load.done;
      };
      return Promise.resolve({ report: () => load.report(), stop });
    },
    close: async () => {
      // The load has ended: nobody is left to be answered while pods drain.
      await platform.stop(0.2);
      await rm(stateDirectory, { recursive: true, force: true });
    },
  };
}
