import { type CommandSpec } from '../command.ts';
import { appOptions } from '../options.ts';
import { order, textOf } from '../release/order.ts';
import { withSite } from '../site/with-site.ts';

/** `canary abort`: go back to the stable release. */
export const abort: CommandSpec = {
  name: 'abort',
  summary: 'go back to the stable release',
  description:
    'Brings the stable release back to its full size and removes the canary. Where nobody drives the\n' +
    'release, this process does',
  arguments: { '[reason]': 'why, for the history' },
  options: appOptions,
  examples: ['canary abort', 'canary abort "the shop is slow"'],
  run: (io, [reason], options) =>
    withSite(io, options, (place) => order(io, place, 'abort', textOf(reason))),
};
