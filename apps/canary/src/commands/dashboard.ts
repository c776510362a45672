import { exitCodes, type CommandSpec, type OptionSpec } from '../command.ts';
import { appOptions, textOption, wholeOption, targetArgument } from '../options.ts';
import { withSite } from '../site/with-site.ts';

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
  summary: 'serve the live page: traffic, shares, stages, pods, evidence and events, and buttons',
  description:
    'Serves the live page of the releases of an app and prints its address, with a token that is new\n' +
    'at every start: who has it may read, and act unless --read-only is given.',
  arguments: targetArgument,
  options: [...serverOptions, ...appOptions],
  examples: [
    'canary dashboard',
    'canary dashboard --port 0 --read-only',
    'canary dashboard --app shop -n shop',
  ],
  run: (io, [target], options) =>
    withSite(
      io,
      options,
      async (place) => {
        const settings = {
          port: wholeOption(options, 'port', [0, 65_535]),
          host: textOption(options, 'host') ?? '127.0.0.1',
          readOnly: options['readOnly'] === true,
        };
        // Loaded only here: it brings a server.
        const { serveDashboard } = await import('../dashboard/serve-dashboard.ts');
        await serveDashboard(io, place, settings);
        return exitCodes.ok;
      },
      target,
    ),
};
