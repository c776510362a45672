import type { TrafficWatch } from '@canary/scenario';
import { expect, test } from '@playwright/test';
import { canary } from './canary.ts';
import { kubectl } from './kubectl.ts';
import { followTraffic, loadPhase } from './traffic-log.ts';

/** What a file of tests needs for itself. */
interface Place {
  readonly space: string;
  /** Arguments of `canary deploy`, one after the other. */
  readonly deploy: readonly (readonly string[])[];
  readonly rps: number;
  /** Namespaces of earlier tests whose pods take the room. */
  readonly instead?: readonly string[];
}

/** Longer than a file of tests takes, in seconds. */
const LOAD_SECONDS = 1800;

/**
 * A namespace with releases under load, made anew before the tests of a file and deleted after them.
 *
 * @returns what the load's client counted; from the first test on
 */
export function placeUnderLoad({ space, deploy, rps, instead = [] }: Place): () => TrafficWatch {
  let traffic: TrafficWatch | undefined;

  test.beforeAll(async () => {
    await kubectl(['delete', 'namespace', space, ...instead, '--ignore-not-found', '--wait']);
    const load = ['traffic', '--rps', String(rps), '--duration', String(LOAD_SECONDS)];
    for (const objects of [...deploy, load]) {
      const { exitCode, stderr } = await canary(space, ['deploy', ...objects]);
      expect(exitCode, stderr).toBe(0);
    }
    await loadPhase('Running', space);
    traffic = followTraffic(space);
  });

  test.afterAll(async () => {
    await kubectl(['delete', 'namespace', space, '--ignore-not-found', '--wait=false']);
  });

  return () => {
    if (!traffic) throw new Error(`the load in ${space} begins with the first test`);
    return traffic;
  };
}
