import { type CommandSpec } from '../command.ts';
import { appOptions, targetArgument } from '../options.ts';
import { order, textOf } from '../release/order.ts';
import { addressed, withSite } from '../site/with-site.ts';

/** `canary resume`: go on with a release that is paused or held. */
export const resume: CommandSpec = {
  name: 'resume',
  summary: 'go on with a release that is paused or held',
  description:
    'Goes on with a release that is paused or held; whatever others have changed meanwhile is taken as it\n' +
    'is. Where nobody drives the release, this process does',
  arguments: { ...targetArgument, '[reason]': 'why, for the history' },
  options: appOptions,
  examples: ['canary resume', 'canary resume "the change of the stable release was wanted"'],
  run: (io, args, options) => {
    const { target, rest } = addressed(args);
    const [reason] = rest;
    return withSite(io, options, (place) => order(io, place, 'resume', textOf(reason)), target);
  },
};
