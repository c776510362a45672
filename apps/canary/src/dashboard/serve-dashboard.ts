import { once } from 'node:events';
import { servePage, watchRelease } from '@canary/api';
import type { RolloutRecord } from '@canary/rollout';
import type { Io } from '../command.ts';
import { freezeKey, freezeOf } from '../release/freeze.ts';
import type { Judging } from '../release/judging.ts';
import { targetsView } from '../site/targets-view.ts';
import type { Place } from '../site/with-site.ts';
import { pageFiles } from './page-files.ts';
import { pageSeries } from './page-series.ts';
import { rolloutActor } from './rollout-actor.ts';

/** Where the page is served, and whether anybody may act there. */
export interface DashboardSettings {
  readonly port: number;
  readonly host: string;
  readonly readOnly: boolean;
}

/** Serves the live page of the place's releases, and prints its address, until the command is asked to end. */
export async function serveDashboard(
  io: Io,
  place: Place,
  { port, host, readOnly }: DashboardSettings,
): Promise<void> {
  const { site, app, selector } = place;
  const { platform, store, clock } = site;
  const assets = await pageFiles();
  const actor = readOnly ? undefined : rolloutActor(io, place);
  const ending = new AbortController();
  const stored = await store.load<RolloutRecord>(app);
  try {
    const signal = AbortSignal.any([io.signal, ending.signal]);
    const feed = watchRelease({
      ...{ app, selector, platform, store, clock, readOnly, signal },
      observer: await site.observer(selector, {
        ...(await targetsView(site)),
        metrics: 'all',
        // Where the release under way is looked at for its judge.
        scrape: (stored?.value.judging as Partial<Judging> | undefined)?.scrape,
      }),
      series: pageSeries(),
      freeze: { key: freezeKey(app), load: () => freezeOf(store, app) },
    });
    const page = await servePage({ feed, actor, assets, host, port });
    io.out(page.address);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await page.close();
    await actor?.driving();
  } finally {
    ending.abort();
  }
}
