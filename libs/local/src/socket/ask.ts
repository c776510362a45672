import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { DEADLINE, fromWire, type Answers, type Asked, type WireError } from './wire.ts';

/** Nobody holds the platform: its socket is not there, or nobody listens to it, or has just left it. */
export class HostGoneError extends Error {
  override readonly name = 'HostGoneError';
}

/** Where questions go. */
export interface Way {
  readonly socket: string;
  /** Named in errors. */
  readonly stateDirectory: string;
  /** Milliseconds. A host that is stopped (Ctrl-Z) for longer does not do what it was asked. */
  readonly patience: number;
}

/** What the host may take for a call that it has begun with in time. */
const CARRYING_OUT_MS = 10_000;

/**
 * Asks the host of a platform; resolves when it begins to answer.
 *
 * @throws {@link HostGoneError} where there is none, and what the platform threw
 */
export async function ask<Path extends keyof Asked>(
  way: Way,
  path: Path,
  asked: Asked[Path],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const asking = request({
    socketPath: way.socket,
    path: `/${path}`,
    method: 'POST',
    headers: { 'content-type': 'application/json', [DEADLINE]: Date.now() + way.patience },
    agent: false,
    signal,
  });
  const answered = once(asking, 'response');
  // What breaks later is told to whoever reads the answer.
  asking.on('error', () => undefined);
  try {
    asking.end(JSON.stringify(asked));
    const [response] = (await answered) as [IncomingMessage];
    response.setEncoding('utf8');
    if (response.statusCode === 200) return response;
    throw fromWire(JSON.parse(await textOf(response)) as WireError);
  } catch (error) {
    throw explained(way, path, error);
  }
}

/**
 * {@link ask}, with the whole answer.
 *
 * @throws an `Error`, beside those of `ask`, where no answer comes
 */
export async function call<Path extends keyof Asked>(
  way: Way,
  path: Path,
  asked: Asked[Path],
): Promise<Answers[Path]> {
  const late = AbortSignal.timeout(way.patience + CARRYING_OUT_MS);
  try {
    return JSON.parse(await textOf(await ask(way, path, asked, late))) as Answers[Path];
  } catch (error) {
    throw late.aborted ? silent(way, path, error) : explained(way, path, error);
  }
}

/** The error of a connection that cannot be made, or breaks, in words; any other is left as it is. */
export function explained({ stateDirectory }: Way, path: keyof Asked, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const start = `start one with canary up --state ${stateDirectory}`;
  if (code === 'ENOENT' || code === 'ECONNREFUSED')
    return new HostGoneError(
      `no embedded platform runs with the state folder ${stateDirectory}: ${start}, or name its folder with --state`,
      { cause: error },
    );
  if (code === 'ECONNRESET' || code === 'EPIPE') return gone(stateDirectory, path, error);
  if (code === 'EACCES')
    return new Error(
      `the embedded platform with the state folder ${stateDirectory} is another user's: ${start.replace(stateDirectory, '<folder of your own>')}`,
      { cause: error },
    );
  return error;
}

/** The host has left while it was asked something. */
export function gone(stateDirectory: string, path: keyof Asked, cause?: unknown): HostGoneError {
  return new HostGoneError(
    `the embedded platform with the state folder ${stateDirectory} has ended (asked to ${path}): start it again with canary up --state ${stateDirectory}`,
    { cause },
  );
}

function silent({ stateDirectory }: Way, path: keyof Asked, cause: unknown): Error {
  return new Error(
    `the embedded platform with the state folder ${stateDirectory} does not answer (asked to ${path}): where its canary up is stopped (Ctrl-Z), let it go on`,
    { cause },
  );
}

async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of response as AsyncIterable<string>) text += part;
  return text;
}
