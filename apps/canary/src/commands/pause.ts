import { type CommandSpec } from '../command.ts';
import { appOptions } from '../options.ts';
import { order, textOf } from '../release/order.ts';
import { withSite } from '../site/with-site.ts';

/** `canary pause`: let nothing go forward until canary resume. */
export const pause: CommandSpec = {
  name: 'pause',
  summary: 'let nothing go forward until canary resume',
  arguments: { '[reason]': 'why, for the history' },
  options: appOptions,
  examples: ['canary pause', 'canary pause "lunch"'],
  run: (io, [reason], options) =>
    withSite(io, options, (place) => order(io, place, 'pause', textOf(reason))),
};
