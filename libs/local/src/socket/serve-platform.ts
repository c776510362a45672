import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Platform } from '@canary/rollout';
import type { ImageCommand } from '../image-commands.ts';
import { claimSocket } from './claim-socket.ts';
import {
  DEADLINE,
  toWire,
  type Answers,
  type Asked,
  type HostEvent,
  type HostInfo,
  type WireError,
} from './wire.ts';

/** What is served, and where. */
export interface ServeOptions {
  readonly platform: Platform;
  /** Has the socket, which only this user may open. */
  readonly stateDirectory: string;
  /** Takes what others tell of their rollouts. */
  readonly onEvent?: (event: HostEvent) => void;
  /** Takes what others say of the commands that stand for images; refused where it is not given. */
  readonly onRuns?: (commands: readonly ImageCommand[]) => void;
}

/** A platform that other processes of this machine reach. */
export interface PlatformServer {
  /** Ends every watch and call, and gives the state folder free. */
  close(): Promise<void>;
}

/** What is asked at each path, and answered at once; `watch` goes on and stands apart. */
type Calls = {
  readonly [Path in Exclude<keyof Asked, 'watch'>]: (
    asked: Asked[Path],
  ) => Promise<Answers[Path]> | Answers[Path];
};

/**
 * Serves a platform to the other processes of this user, by a socket in the state folder; they
 * reach it with `remoteLocalPlatform`.
 *
 * @throws an `Error` that names the process that serves one there already
 */
export async function servePlatform(options: ServeOptions): Promise<PlatformServer> {
  const { platform, stateDirectory } = options;
  const info: HostInfo = { pid: process.pid, startedAt: Date.now() };
  const calls = callsOf(options, info);
  const server = createServer((request, response) => {
    void answer(request, response).catch((error: unknown) => {
      refuse(response, 500, toWire(error));
    });
  });
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').slice(1);
    const asked = JSON.parse(await textOf(request)) as unknown;
    if (Date.now() > Number(request.headers[DEADLINE])) throw new Error('this was asked too late');
    if (path === 'watch') await stream(platform, asked as Asked['watch'], response);
    else if (!isCall(calls, path)) refuse(response, 404, unknownPath(path));
    else response.end(JSON.stringify(await calls[path](asked as never)));
  }
  await claimSocket(server, stateDirectory);
  return {
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function callsOf({ platform, onEvent, onRuns = refuseRuns }: ServeOptions, info: HostInfo): Calls {
  return {
    info: () => info,
    list: ({ selector }) => platform.list(selector),
    apply: ({ objects }) => platform.apply(objects).then(() => null),
    scale: ({ ref, replicas, uid }) => platform.scale(ref, replicas, uid).then(() => null),
    template: ({ ref, template, uid }) => platform.setTemplate(ref, template, uid).then(() => null),
    remove: ({ ref, uid }) => platform.remove(ref, uid).then(() => null),
    event: ({ event }) => {
      onEvent?.(event);
      return null;
    },
    runs: ({ commands }) => {
      onRuns(commands);
      return null;
    },
  };
}

function refuseRuns(): never {
  throw new Error('this embedded platform takes no commands for images: leave --run out');
}

function isCall(calls: Calls, path: string): path is keyof Calls {
  return Object.hasOwn(calls, path);
}

/** A line for each change. One who does not read gets no line, and later what is there then. */
async function stream(
  platform: Platform,
  { selector }: Asked['watch'],
  response: ServerResponse,
): Promise<void> {
  const left = new AbortController();
  response.once('close', () => {
    left.abort();
  });
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.flushHeaders();
  const write = async (line: Answers['watch']) => {
    if (!response.write(`${JSON.stringify(line)}\n`))
      await once(response, 'drain', { signal: left.signal });
  };
  try {
    for await (const workloads of platform.watch(selector, left.signal)) await write({ workloads });
  } catch (error) {
    if (!left.signal.aborted) await write({ error: toWire(error) });
  }
  response.end();
}

function refuse(response: ServerResponse, status: number, error: WireError): void {
  if (!response.headersSent) response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(error));
}

function unknownPath(path: string): WireError {
  return {
    name: 'Error',
    message: `the embedded platform knows no ${path}: it is of another version than this command; start both from the same one`,
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request.setEncoding('utf8') as AsyncIterable<string>) text += part;
  return text;
}
