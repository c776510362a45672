import { watchRelease, type Feed } from '@canary/api';
import type { RolloutRecord } from '@canary/rollout';
import { freezeKey, freezeOf } from '../release/freeze.ts';
import type { Judging } from '../release/judging.ts';
import { targetsView } from '../site/targets-view.ts';
import type { Place } from '../site/with-site.ts';
import { pageSeries } from './page-series.ts';

/** What the live page shows of the place's releases, for as long as `signal` lets it. */
export async function dashboardFeed(
  { site, app, selector }: Place,
  { readOnly, signal }: { readonly readOnly: boolean; readonly signal: AbortSignal },
): Promise<Feed> {
  const { platform, store, clock } = site;
  const stored = await store.load<RolloutRecord>(app);
  return watchRelease({
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
}
