import type { ExitCode, Io, Options } from '../command.ts';
import type { Place } from '../site/with-site.ts';
import { driveInCluster } from './drive-in-cluster.ts';
import { driveRollout, outcomeCode } from './drive-rollout.ts';
import { metricsPortOf } from './metrics-port.ts';

/** Drives what was started to its end, here or by a Job, and tells how it ended. */
export async function driveAsAsked(io: Io, options: Options, place: Place): Promise<ExitCode> {
  const json = options['output'] === 'json';
  if (options['inCluster'] === true) {
    const takeOver = options['takeOver'] === true;
    return outcomeCode(await driveInCluster(io, place, { takeOver, json }));
  }
  const whenHeld = options['wait'] ? 'wait' : options['takeOver'] ? 'take over' : 'refuse';
  const metricsPort = metricsPortOf(options);
  return outcomeCode(await driveRollout(io, place, { json, whenHeld, metricsPort }));
}
