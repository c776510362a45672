import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PORT } from '@canary/rollout/contract/objects';
import { onTestFinished } from 'vitest';
import type { ImageRunner } from '../images.ts';
import type { LocalPlatform } from '../local-platform.ts';
import { startLocalPlatform, type LocalPlatformOptions } from '../start-local-platform.ts';
import { fastClock } from './fast-clock.ts';

const serverScript = fileURLToPath(new URL('./server.mjs', import.meta.url));

/** Runs `myapp:*` as the tests' server, or whatever the container's command says. */
export const myappRunner: ImageRunner = {
  matches: (image) => image.startsWith('myapp:'),
  command: ({ command: [command, ...rest], args, ports }) => ({
    command: command ?? process.execPath,
    args: command === undefined ? [serverScript, ...args] : [...rest, ...args],
    env: { PORT: String(ports.get(PORT)) },
  }),
};

/** A platform whose clock runs fast, and how to be rid of it. */
export interface TestPlatform {
  readonly platform: LocalPlatform;
  readonly notices: readonly string[];
  readonly directory: string;
  readonly close: () => Promise<void>;
}

/** A platform for the test that runs, gone with it. */
export async function testPlatform(
  options: Partial<LocalPlatformOptions> = {},
): Promise<TestPlatform> {
  const test = await startTestPlatform(options);
  onTestFinished(() => test.close());
  return test;
}

export async function startTestPlatform(
  options: Partial<LocalPlatformOptions> = {},
): Promise<TestPlatform> {
  const directory = await mkdtemp(join(tmpdir(), 'canary-local-'));
  const notices: string[] = [];
  const platform = await startLocalPlatform({
    images: [myappRunner],
    stateDirectory: directory,
    onNotice: (message) => notices.push(message),
    clock: fastClock(),
    ...options,
  });
  return {
    platform,
    notices,
    directory,
    close: async () => {
      await platform.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
