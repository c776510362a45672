import { join, relative, resolve } from 'node:path';

/** `sun_path` has 104 bytes on macOS and 108 on Linux; some are left for a name beside it. */
const LONGEST = 95;

/**
 * The socket of the platform that has the state folder; from the working directory where that is
 * shorter, because the path of a socket cannot be long.
 *
 * @throws an `Error` that names the folder, where it is too long even so
 */
export function socketPath(stateDirectory: string): string {
  const absolute = join(resolve(stateDirectory), 'canary.sock');
  const fromHere = relative(process.cwd(), absolute);
  const path = fromHere.length < absolute.length ? fromHere : absolute;
  const bytes = Buffer.byteLength(path);
  if (bytes <= LONGEST) return path;
  throw new Error(
    `the state folder ${stateDirectory} is too long for a socket in it: ${path} has ${bytes} bytes of at most ${LONGEST}; ` +
      'give a shorter one, or work from a directory near it',
  );
}
