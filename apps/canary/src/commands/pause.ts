import { type CommandSpec } from '../command.ts';
import { appOptions, targetArgument } from '../options.ts';
import { order, textOf } from '../release/order.ts';
import { addressed, withSite } from '../site/with-site.ts';

/** `canary pause`: let nothing go forward until canary resume. */
export const pause: CommandSpec = {
  name: 'pause',
  summary: 'let nothing go forward until canary resume',
  arguments: { ...targetArgument, '[reason]': 'why, for the history' },
  options: appOptions,
  examples: ['canary pause', 'canary pause "lunch"'],
  run: (io, args, options) => {
    const { target, rest } = addressed(args);
    const [reason] = rest;
    return withSite(io, options, (place) => order(io, place, 'pause', textOf(reason)), target);
  },
};
