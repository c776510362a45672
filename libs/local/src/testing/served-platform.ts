import { remoteLocalPlatform, type RemoteLocalPlatform } from '../socket/remote-platform.ts';
import { servePlatform, type ServeOptions } from '../socket/serve-platform.ts';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

/** A platform whose clock runs fast, served, and how others see it. */
export interface ServedPlatform extends TestPlatform {
  readonly remote: RemoteLocalPlatform;
  /** Ends the server alone. */
  readonly leave: () => Promise<void>;
}

export async function startServedPlatform(
  options: Pick<ServeOptions, 'onEvent' | 'onRuns'> = {},
): Promise<ServedPlatform> {
  const test = await startTestPlatform();
  const { platform, directory: stateDirectory } = test;
  const server = await servePlatform({ platform, stateDirectory, ...options });
  let leaving: Promise<void> | undefined;
  const leave = () => (leaving ??= server.close());
  return {
    ...test,
    remote: remoteLocalPlatform({ stateDirectory }),
    leave,
    close: async () => {
      await leave();
      await test.close();
    },
  };
}
