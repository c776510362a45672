import { driverJob, parseParameters, renderObjects } from '@canary/manifests';
import { loadRollout, messageOf, type RolloutRecord } from '@canary/rollout';
import type { Io } from '../command.ts';
import { imagesFromEnvironment } from '../images.ts';
import type { Place } from '../site/with-site.ts';
import { followRollout } from './follow-rollout.ts';

/**
 * Has a Job of the cluster drive the rollout that was started, and follows it to its end; the Job
 * goes on where the user leaves.
 *
 * @throws an `Error` that says why the Job does not drive it
 */
export async function driveInCluster(
  io: Io,
  place: Place,
  { takeOver, json }: { readonly takeOver: boolean; readonly json: boolean },
): Promise<RolloutRecord> {
  const { site, app, target } = place;
  const { platform, store, clock, namespace } = site;
  const parameters = parseParameters({ namespace, images: imagesFromEnvironment(io.env) });
  const { value: from } = await loadRollout(store, app);
  await platform.apply(renderObjects(['driver-access'], parameters)).catch((error: unknown) => {
    // Somebody with more rights may have applied them.
    io.err(`canary: ${messageOf(error)}`);
    io.err('canary: going on as if canary render driver-access were applied');
  });
  const job = driverJob(parameters, {
    ...{ app, isInPlace: target !== undefined },
    ...{ now: clock.now(), takeOver },
  });
  await platform.apply([job]);
  const { name } = job.metadata;
  if (!json) io.out(`Job ${name} drives it; Ctrl-C leaves it running.`);
  return followRollout(io, place, { job: name, from, json });
}
