import type { Platform, Selector, Workload } from '@canary/rollout';
import { lines } from '@canary/runtime';
import type { ImageCommand } from '../image-commands.ts';
import { ask, call, explained, gone, type Way } from './ask.ts';
import { socketPath } from './socket-path.ts';
import { fromWire, type Answers, type HostEvent, type HostInfo } from './wire.ts';

/** An embedded platform that another process holds. */
export interface RemoteLocalPlatform extends Platform {
  /** Who holds it. */
  info(): Promise<HostInfo>;
  /** Tells its host what happened. */
  recordEvent(event: HostEvent): Promise<void>;
  /** Tells its host which commands stand for images, for as long as it lives. */
  run(commands: readonly ImageCommand[]): Promise<void>;
}

/** Where the host is, and how patiently it is asked. */
export interface RemoteOptions {
  /** The folder that the host was started with. */
  readonly stateDirectory: string;
  /** Milliseconds until the host has begun with a call; 20,000 by default. */
  readonly patience?: number;
}

/**
 * The embedded platform that another process of this machine holds; see `servePlatform`. It keeps
 * no connection: each call makes its own, and a host that was started anew is found again. A watch
 * ends with an error when the host does, for what the host ran has ended with it: watch again.
 *
 * @throws an `Error` where the folder's path is too long for a socket
 */
export function remoteLocalPlatform({
  stateDirectory,
  patience = 20_000,
}: RemoteOptions): RemoteLocalPlatform {
  const way = { socket: socketPath(stateDirectory), stateDirectory, patience };
  return {
    info: () => call(way, 'info', {}),
    list: (selector) => call(way, 'list', { selector }),
    apply: async (objects) => {
      await call(way, 'apply', { objects });
    },
    scale: async (ref, replicas, uid) => {
      await call(way, 'scale', { ref, replicas, ...(uid === undefined ? {} : { uid }) });
    },
    setTemplate: async (ref, template, uid) => {
      await call(way, 'template', { ref, template, uid });
    },
    remove: async (ref, uid) => {
      await call(way, 'remove', { ref, ...(uid === undefined ? {} : { uid }) });
    },
    recordEvent: async (event) => {
      await call(way, 'event', { event });
    },
    run: async (commands) => {
      await call(way, 'runs', { commands });
    },
    watch: (selector, signal) => watch(way, selector, signal),
  };
}

async function* watch(
  way: Way,
  selector: Selector,
  signal: AbortSignal,
): AsyncGenerator<readonly Workload[], void, undefined> {
  if (signal.aborted) return;
  try {
    const response = await ask(way, 'watch', { selector }, signal);
    try {
      for await (const line of lines(response as AsyncIterable<string>)) {
        const seen = JSON.parse(line) as Answers['watch'];
        if ('error' in seen) throw fromWire(seen.error);
        yield seen.workloads;
        if (hasEnded(signal)) return;
      }
    } finally {
      response.destroy();
    }
  } catch (error) {
    if (hasEnded(signal)) return;
    throw explained(way, 'watch', error);
  }
  if (!hasEnded(signal)) throw gone(way.stateDirectory, 'watch');
}

/** A signal may abort in between; the compiler does not know. */
function hasEnded({ aborted }: AbortSignal): boolean {
  return aborted;
}
