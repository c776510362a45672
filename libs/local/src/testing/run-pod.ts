import type { Pod } from '@canary/rollout';
import { deployment, type DeploymentFixture } from '@canary/rollout/contract/objects';
import { expect } from 'vitest';
import type { LocalPlatform } from '../local-platform.ts';
import type { LocalPlatformOptions } from '../start-local-platform.ts';
import { httpGet } from './http-get.ts';
import { testPlatform } from './test-platform.ts';

/** A pod that runs, and how to look at it. */
export interface RunningPod {
  readonly platform: LocalPlatform;
  readonly directory: string;
  /** Polls what the pod shows; to be followed by a matcher and awaited. */
  readonly until: (condition: (pod: Pod) => unknown) => ReturnType<typeof expect.poll>;
  /** The pod, once it is ready. */
  readonly ready: () => Promise<Pod>;
  /** Asks the pod itself, not a Service. */
  readonly get: (path: string) => Promise<{ status: number; body: string }>;
  readonly logs: () => Promise<readonly string[]>;
}

/** One pod of a Deployment called `web`, for the test that runs. */
export async function runPod(
  fixture: Partial<DeploymentFixture> = {},
  options: Partial<LocalPlatformOptions> = {},
): Promise<RunningPod> {
  const { platform, directory } = await testPlatform(options);
  await platform.apply([deployment({ name: 'web', ...fixture })]);
  const look = async (): Promise<Pod | undefined> =>
    (await platform.list({ namespace: 'default', labels: {} }))[0]?.pods[0];
  const until = (condition: (pod: Pod) => unknown) =>
    expect.poll(
      async () => {
        const pod = await look();
        return pod && condition(pod);
      },
      { timeout: 10_000, interval: 20 },
    );
  const ready = async (): Promise<Pod> => {
    await until((pod) => pod.ready).toBe(true);
    return (await look())!;
  };
  const get = async (path: string) =>
    httpGet(`http://${(await look())?.scrapeAddress ?? ''}${path}`);
  const logs = async () => platform.logs('default', (await look())?.name ?? '');
  return { platform, directory, until, ready, get, logs };
}
