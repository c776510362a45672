import { once } from 'node:events';
import { chmod, rename, rm } from 'node:fs/promises';
import type { Server } from 'node:net';
import { dirname, join } from 'node:path';
import { call, HostGoneError } from './ask.ts';
import { socketPath } from './socket-path.ts';
import type { HostInfo } from './wire.ts';

const ATTEMPTS = 5;
/** Milliseconds for which the one who listens may be busy. */
const PATIENCE_MS = 5000;

/**
 * Lets the server listen at the state folder's socket, and this user alone connect to it. A socket
 * that a killed process has left is replaced.
 *
 * @throws an `Error` that names the process that listens there already
 */
export async function claimSocket(server: Server, stateDirectory: string): Promise<void> {
  const socket = socketPath(stateDirectory);
  for (let attempt = 1; ; attempt++) {
    try {
      const listening = once(server, 'listening');
      server.listen(socket);
      await listening;
      await chmod(socket, 0o600);
      return;
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!isTaken || attempt === ATTEMPTS) throw error;
    }
    const holder = await holderOf(socket, stateDirectory);
    if (holder === 'gone') continue;
    if (holder !== 'dead') throw held(stateDirectory, holder);
    // Whoever came between the question and the removal shall not lose a socket that lives.
    const aside = join(dirname(socket), `${process.pid}.sock`);
    await rename(socket, aside).catch(() => undefined);
    const latest = await holderOf(aside, stateDirectory);
    if (latest === 'dead') await rm(aside);
    if (latest === 'dead' || latest === 'gone') continue;
    await rename(aside, socket);
    throw held(stateDirectory, latest);
  }
}

/** Who listens; `dead` where nobody does, `gone` where there is no socket. */
async function holderOf(
  socket: string,
  stateDirectory: string,
): Promise<HostInfo | 'dead' | 'gone'> {
  try {
    return await call({ socket, stateDirectory, patience: PATIENCE_MS }, 'info', {});
  } catch (error) {
    if (!(error instanceof HostGoneError)) throw error;
    const { cause } = error;
    return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT' ? 'gone' : 'dead';
  }
}

function held(stateDirectory: string, { pid, startedAt }: HostInfo): Error {
  const since = new Date(startedAt).toISOString();
  return new Error(
    `the state folder ${stateDirectory} is held by another canary up, process ${pid}, since ${since}: end that one, or name another folder`,
  );
}
