import { type CommandSpec } from '../command.ts';
import { appOptions, targetArgument } from '../options.ts';
import { order, textOf } from '../release/order.ts';
import { addressed, withSite } from '../site/with-site.ts';

/** `canary abort`: go back to the stable release. */
export const abort: CommandSpec = {
  name: 'abort',
  summary: 'go back to the stable release',
  description:
    'Brings the stable release back to its full size and removes the canary. Where nobody drives the\n' +
    'release, this process does',
  arguments: { ...targetArgument, '[reason]': 'why, for the history' },
  options: appOptions,
  examples: ['canary abort', 'canary abort "the shop is slow"'],
  run: (io, args, options) => {
    const { target, rest } = addressed(args);
    const [reason] = rest;
    return withSite(io, options, (place) => order(io, place, 'abort', textOf(reason)), target);
  },
};
