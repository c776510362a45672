import { exitCodes, UsageError, type CommandSpec } from '../command.ts';
import { appOptions, targetArgument } from '../options.ts';
import { findRollout } from '@canary/rollout';
import { setFreeze } from '../release/freeze.ts';
import { order } from '../release/order.ts';
import { addressed, withSite } from '../site/with-site.ts';

/** `canary freeze`: let no release of the app start, and stop the one under way. */
export const freeze: CommandSpec = {
  name: 'freeze',
  summary: 'let no release of the app start, and stop the one under way',
  description:
    'Lets no release of the app start. One that is under way stands still, and does not even go back,\n' +
    'until canary thaw',
  arguments: { ...targetArgument, '[reason]': 'why, for whoever wants to start one' },
  options: appOptions,
  examples: ['canary freeze "no releases before Monday"'],
  run: (io, args, options) => {
    const { target, rest } = addressed(args);
    const [reason] = rest;
    if (typeof reason !== 'string')
      throw new UsageError('say why, as in canary freeze "no releases before Monday"');
    return withSite(
      io,
      options,
      async (place) => {
        const { site, app } = place;
        const stop = { by: site.user, reason, at: site.clock.now() };
        await setFreeze(place, stop);
        io.out(`${app} is frozen: canary thaw lifts it`);
        const stored = await findRollout(site.store, app);
        if (!stored || stored.value.outcome !== undefined || stored.value.frozen)
          return exitCodes.ok;
        return order(io, place, 'freeze', stop.reason);
      },
      target,
    );
  },
};
