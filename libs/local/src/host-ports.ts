import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Where ports are taken from: below those that systems give to outgoing connections (from 32768 on
 * Linux, 49152 on macOS), since one of these that lingers in TIME_WAIT cannot be listened on, and
 * below those that clusters open on nodes (from 30000).
 */
const FIRST = 20_000;
const COUNT = 10_000;
const TRIES = 200;

/** Hands out ports of this machine that nobody listens on, each to one holder at a time. */
export class HostPorts {
  readonly #random: () => number;
  readonly #held = new Set<number>();

  constructor(random: () => number) {
    this.#random = random;
  }

  /** A free port; it stays with its holder until {@link release}. */
  async take(): Promise<number> {
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const port = FIRST + Math.floor(this.#random() * COUNT);
      if (this.#held.has(port)) continue;
      this.#held.add(port);
      if (await isFree(port)) return port;
      this.#held.delete(port);
    }
    throw new Error(
      `No free port found among ${TRIES} of ${FIRST}-${FIRST + COUNT - 1}; stop some listeners`,
    );
  }

  /** The same port if nobody else listens on it by now, another one otherwise. */
  async keepOrMove(port: number): Promise<number> {
    if (await isFree(port)) return port;
    this.release(port);
    return this.take();
  }

  release(port: number): void {
    this.#held.delete(port);
  }
}

async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', undefined]) if (!(await canListen(port, host))) return false;
  return true;
}

async function canListen(port: number, host: string | undefined): Promise<boolean> {
  const server = createServer().unref();
  try {
    server.listen({ port, ...(host !== undefined && { host }) });
    await once(server, 'listening');
    server.close();
    await once(server, 'close');
    return true;
  } catch {
    return false;
  }
}
