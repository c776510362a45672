import { exitCodes, type CommandSpec } from '../command.ts';
import { appOptions, targetArgument } from '../options.ts';
import { driveRollout } from '../release/drive-rollout.ts';
import { metricsPortOf, metricsPortOption } from '../release/metrics-port.ts';
import { withSite } from '../site/with-site.ts';

/** `canary drive`: what the Job of `canary start --in-cluster` runs. */
export const drive: CommandSpec = {
  name: 'drive',
  summary: 'drive what was started, for a Job or a service: 0 however it ends',
  description:
    'Drives the release that was started to its end, as canary start --resume does. A service that is\n' +
    'started again where it fails wants no failure of a release that was rolled back: the exit code is\n' +
    '0 once the release has ended, however it did. Another driver is waited for until it is gone.',
  arguments: targetArgument,
  options: [
    { flags: '--take-over', description: 'where another drives it: take it from that one' },
    metricsPortOption,
    ...appOptions,
  ],
  examples: ['canary drive --app myapp --serve-metrics 9464', 'canary drive deploy/shop -n shop'],
  run: (io, [target], options) =>
    withSite(
      io,
      options,
      async (place) => {
        const whenHeld = options['takeOver'] === true ? 'take over' : 'wait';
        const metricsPort = metricsPortOf(options);
        const ended = await driveRollout(io, place, { whenHeld, metricsPort });
        return ended.outcome === undefined ? exitCodes.error : exitCodes.ok;
      },
      target,
    ),
};
