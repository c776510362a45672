import { exitCodes, type CommandSpec } from '../command.ts';
import { appOptions, targetArgument } from '../options.ts';
import { findRollout, type RolloutRecord } from '@canary/rollout';
import { freezeOf, setFreeze } from '../release/freeze.ts';
import { order } from '../release/order.ts';
import { withSite } from '../site/with-site.ts';

/** `canary thaw`: lift a freeze. */
export const thaw: CommandSpec = {
  name: 'thaw',
  summary: 'lift a freeze',
  arguments: targetArgument,
  options: appOptions,
  examples: ['canary thaw'],
  run: (io, [target], options) =>
    withSite(
      io,
      options,
      async (place) => {
        const { site, app } = place;
        const frozen = await freezeOf(site.store, app);
        if (!frozen) throw new Error(`${app} is not frozen`);
        await setFreeze(place, undefined);
        io.out(`${app} is not frozen any more (${frozen.by}: ${frozen.reason})`);
        const stored = await findRollout(site.store, app);
        const isStopped = stored?.value.frozen !== undefined || hasWaiting(stored?.value);
        if (stored?.value.outcome !== undefined || !isStopped) return exitCodes.ok;
        return order(io, place, 'resume', 'thawed');
      },
      target,
    ),
};

/** Whether a freeze waits for a driver: that has to be lifted, too. */
function hasWaiting(record: RolloutRecord | undefined): boolean {
  return record?.requests.some(({ command }) => command === 'freeze') ?? false;
}
