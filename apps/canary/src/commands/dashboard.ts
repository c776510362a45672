import { once } from 'node:events';
import { exitCodes, type CommandSpec, type Io, type Options, type OptionSpec } from '../command.ts';
import { appOptions, textOption, wholeOption } from '../options.ts';
import { freezeOf } from '../release/freeze.ts';
import { targetsView } from '../site/targets-view.ts';
import { withSite, type Place } from '../site/with-site.ts';

/** Where the page is served. */
const serverOptions: readonly OptionSpec[] = [
  { flags: '--port <number>', description: 'port of the page; 0 takes any', default: '7777' },
  {
    flags: '--host <address>',
    description: 'address to listen on; others than this machine can then reach it',
    default: '127.0.0.1',
  },
  { flags: '--read-only', description: 'show, and let nobody act' },
];

/** `canary dashboard`: the live page. */
export const dashboard: CommandSpec = {
  name: 'dashboard',
  summary: 'serve the live page: traffic, shares, steps, pods, evidence and events, and buttons',
  description:
    'Serves the live page of the releases of an app and prints its address, with a token that is new\n' +
    'at every start: who has it may read, and act unless --read-only is given.',
  options: [...serverOptions, ...appOptions],
  examples: [
    'canary dashboard',
    'canary dashboard --port 0 --read-only',
    'canary dashboard --app shop -n shop',
  ],
  run: (io, _, options) =>
    withSite(io, options, async (place) => {
      await serve(io, options, place);
      return exitCodes.ok;
    }),
};

async function serve(io: Io, options: Options, place: Place): Promise<void> {
  const port = wholeOption(options, 'port', [0, 65_535]);
  const host = textOption(options, 'host') ?? '127.0.0.1';
  // Loaded only here: it brings a server.
  const { servePage } = await import('@canary/api');
  const { pageFiles } = await import('../dashboard/page-files.ts');
  const { rolloutActor } = await import('../dashboard/rollout-actor.ts');
  const assets = await pageFiles();
  const readOnly = options['readOnly'] === true;
  const actor = readOnly ? undefined : rolloutActor(io, place);
  const ending = new AbortController();
  try {
    const feed = await watch(place, readOnly, AbortSignal.any([io.signal, ending.signal]));
    const page = await servePage({ feed, actor, assets, host, port });
    io.out(page.address);
    if (!io.signal.aborted) await once(io.signal, 'abort');
    await page.close();
    await actor?.driving();
  } finally {
    ending.abort();
  }
}

async function watch({ site, app, selector }: Place, readOnly: boolean, signal: AbortSignal) {
  const { PAGE_METRICS, watchRelease } = await import('@canary/api');
  const { platform, store, clock } = site;
  return watchRelease({
    ...{ app, selector, platform, store, clock, readOnly, signal },
    observer: await site.observer(selector, {
      ...(await targetsView(site)),
      metrics: PAGE_METRICS,
    }),
    frozen: () => freezeOf(store, app),
  });
}
