import type { Command } from '@canary/rollout';
import type { CommandSpec, Options, OptionSpec } from '../command.ts';
import { appOptions, targetArgument } from '../options.ts';
import { order, textOf } from '../release/order.ts';
import { addressed, withSite } from '../site/with-site.ts';

/** A command that gives a rollout an order, as data. */
interface OrderSpec extends Pick<CommandSpec, 'name' | 'summary' | 'description' | 'examples'> {
  /** Options of its own. */
  readonly options?: readonly OptionSpec[];
  readonly order: (options: Options) => Command;
}

const orders: readonly OrderSpec[] = [
  {
    name: 'pause',
    summary: 'let nothing go forward until canary resume',
    examples: ['canary pause', 'canary pause "lunch"', 'canary pause deploy/shop'],
    order: () => 'pause',
  },
  {
    name: 'resume',
    summary: 'go on with a release that is paused or held',
    description:
      'Goes on with a release that is paused or held; whatever others have changed meanwhile is taken as it\n' +
      'is. Where nobody drives the release, this process does',
    examples: ['canary resume', 'canary resume "the change of the stable release was wanted"'],
    order: () => 'resume',
  },
  {
    name: 'promote',
    summary: 'go on to the next stage, or to the end',
    description:
      'Ends the observation or the wait for a person that a release is in. Where nobody drives the\n' +
      'release, this process does',
    options: [{ flags: '--full', description: 'pass over all observations to come' }],
    examples: ['canary promote', 'canary promote --full', 'canary promote deploy/shop'],
    order: ({ full }) => (full === true ? 'promote full' : 'promote'),
  },
  {
    name: 'abort',
    summary: 'go back to the stable release',
    description:
      'Brings the stable release back to its full size and removes the canary. Where nobody drives the\n' +
      'release, this process does',
    examples: ['canary abort', 'canary abort "the shop is slow"', 'canary abort deploy/shop'],
    order: () => 'abort',
  },
  {
    name: 'undo',
    summary: 'go back from a release that was promoted',
    description:
      'Brings the release of before back as it was saved when the last one started, and waits until it\n' +
      'is ready; then the promoted one goes',
    examples: ['canary undo', 'canary undo deploy/shop "customers complain"'],
    order: () => 'undo',
  },
];

/** `canary pause`, `resume`, `promote`, `abort` and `undo`: what a person tells a rollout to do. */
export const orderCommands: readonly CommandSpec[] = orders.map(
  ({ order: orderOf, options: own = [], ...spec }): CommandSpec => ({
    ...spec,
    arguments: { ...targetArgument, '[reason]': 'why, for the history' },
    options: [...own, ...appOptions],
    run: (io, args, options) => {
      const { target, rest } = addressed(args);
      const [reason] = rest;
      return withSite(
        io,
        options,
        (place) => order(io, place, orderOf(options), textOf(reason)),
        target,
      );
    },
  }),
);
