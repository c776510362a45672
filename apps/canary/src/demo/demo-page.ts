import { PAGE_METRICS, servePage, watchRelease } from '@canary/api';
import { APP_NAME } from '@canary/manifests';
import { systemClock } from '@canary/runtime';
import { pageFiles } from '../dashboard/page-files.ts';
import type { DemoSite } from './demo-site.ts';

/** The live page of a demonstration. */
export interface DemoPage {
  readonly address: string;
  readonly close: () => Promise<void>;
}

/** Serves the live page while the demonstration goes on. */
export async function demoPage(site: DemoSite): Promise<DemoPage> {
  const ending = new AbortController();
  const { platform, store, parameters } = site;
  const feed = watchRelease({
    ...{ platform, store, app: APP_NAME, clock: systemClock, readOnly: true },
    selector: { namespace: parameters.namespace, labels: { appname: APP_NAME } },
    observer: site.scrape(PAGE_METRICS),
    signal: ending.signal,
  });
  const page = await servePage({
    ...{ feed, host: '127.0.0.1', port: 0, assets: await pageFiles() },
    actor: undefined,
    whyReadOnly: 'the demonstration tells its own story: try canary up and canary start',
  });
  return {
    address: page.address,
    close: async () => {
      ending.abort();
      await page.close();
    },
  };
}
