import { type CommandSpec } from '../command.ts';
import { appOptions, targetArgument } from '../options.ts';
import { order, textOf } from '../release/order.ts';
import { addressed, withSite } from '../site/with-site.ts';

/** `canary undo`: go back from a release that was promoted. */
export const undo: CommandSpec = {
  name: 'undo',
  summary: 'go back from a release that was promoted',
  description:
    'Builds the earlier release again as it was saved when the last one started, waits until it is ready\n' +
    'and removes the promoted one',
  arguments: { ...targetArgument, '[reason]': 'why, for the history' },
  options: appOptions,
  examples: ['canary undo', 'canary undo "customers complain"'],
  run: (io, args, options) => {
    const { target, rest } = addressed(args);
    const [reason] = rest;
    return withSite(io, options, (place) => order(io, place, 'undo', textOf(reason)), target);
  },
};
