import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../command.ts';

/** The state folder where none is named. */
export const DEFAULT_STATE = '.canary';

/** Keeps the folder out of a repository, and tells that it is one of ours. */
const MARKER = { name: '.gitignore', text: '# The state of canary up.\n*\n' };

/** What an earlier platform has left in the folder. */
const OF_A_PLATFORM = ['rollouts', 'logs', 'pods'];

/** Where the rollouts of the platform are stored. */
export function rolloutsIn(state: string): string {
  return join(state, 'rollouts');
}

/**
 * Makes the state folder, for this user alone, where it is not there.
 *
 * @throws {@link UsageError} where it has files of others
 */
export async function openStateFolder(state: string): Promise<void> {
  await mkdir(state, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw new UsageError(`--state ${state} cannot be made: ${(cause as Error).message}`, { cause });
  });
  await refuseOthersFolder(state);
  if (!(await isStateFolder(state))) await writeFile(join(state, MARKER.name), MARKER.text);
}

/** @throws {@link UsageError} where the folder has files of others */
export async function refuseOthersFolder(state: string): Promise<void> {
  const [first] = await readdir(state).catch(() => []);
  if (first === undefined || (await isStateFolder(state))) return;
  throw new UsageError(
    `--state ${state} is no state folder of canary up: it has ${first}; name an empty folder, or one that is not there`,
  );
}

/** A platform begins empty: the rollouts, logs and volumes of the one before go. */
export async function clearStateFolder(state: string): Promise<void> {
  for (const name of OF_A_PLATFORM) await rm(join(state, name), { recursive: true, force: true });
}

/** Whether a `canary up` has made the folder. */
export async function isStateFolder(state: string): Promise<boolean> {
  const marker = await readFile(join(state, MARKER.name), 'utf8').catch(() => '');
  return marker === MARKER.text;
}
