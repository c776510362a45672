import { type CommandSpec } from '../command.ts';
import { appOptions, targetArgument } from '../options.ts';
import { order, textOf } from '../release/order.ts';
import { addressed, withSite } from '../site/with-site.ts';

/** `canary promote`: go on to the next stage, or to the end. */
export const promote: CommandSpec = {
  name: 'promote',
  summary: 'go on to the next stage, or to the end',
  description:
    'Ends the observation or the wait for a person that a release is in. Where nobody drives the\n' +
    'release, this process does',
  arguments: { ...targetArgument, '[reason]': 'why, for the history' },
  options: [{ flags: '--full', description: 'pass over all observations to come' }, ...appOptions],
  examples: ['canary promote', 'canary promote --full'],
  run: (io, args, options) => {
    const { target, rest } = addressed(args);
    const command = options['full'] === true ? 'promote full' : 'promote';
    const [reason] = rest;
    return withSite(io, options, (place) => order(io, place, command, textOf(reason)), target);
  },
};
