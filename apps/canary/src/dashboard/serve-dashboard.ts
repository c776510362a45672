import { once } from 'node:events';
import { servePage } from '@canary/api';
import type { Io } from '../command.ts';
import type { Place } from '../site/with-site.ts';
import { dashboardFeed } from './dashboard-feed.ts';
import { pageFiles } from './page-files.ts';
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
  const assets = await pageFiles();
  const actor = readOnly ? undefined : rolloutActor(io, place);
  const ending = new AbortController();
  try {
    const signal = AbortSignal.any([io.signal, ending.signal]);
    const feed = await dashboardFeed(place, { readOnly, signal });
    const page = await servePage({ feed, actor, assets, host, port });
    io.out(page.address);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await page.close();
    await actor?.driving();
  } finally {
    ending.abort();
  }
}
