import { createServer, connect, type Server, type Socket } from 'node:net';

/** What a {@link Balancer} is told. */
export interface BalancerOptions {
  /** What it balances for, such as `Service default/myapp-svc port 5555`; named in errors. */
  readonly name: string;
  /** Host ports that may get a connection at this moment; asked anew for every connection. */
  readonly backends: () => readonly number[];
  /** Uniform on [0, 1), as `Math.random`. */
  readonly random: () => number;
}

/**
 * Balances TCP connections, not requests, over the backends: each new connection goes to one
 * picked at random, as kube-proxy does. One that its backend refuses is passed to another, since
 * not a byte was exchanged yet; where none is left, the client's connection is reset.
 * A connection lives on until one of its ends closes it, whatever becomes of the backend's readiness.
 */
export class Balancer {
  readonly #options: BalancerOptions;
  readonly #server: Server;
  readonly #clients = new Set<Socket>();

  constructor(options: BalancerOptions) {
    this.#options = options;
    // Nothing is read before a backend took the connection: until then another one can have it.
    const sockets = { pauseOnConnect: true, allowHalfOpen: true, noDelay: true };
    this.#server = createServer(sockets, (client) => {
      this.#clients.add(client);
      client.on('error', () => undefined);
      client.once('close', () => this.#clients.delete(client));
      this.#forward(client, []);
    });
    // A connection that could not be accepted is its client's loss, not this process' end.
    this.#server.on('error', () => undefined);
  }

  /**
   * Listens on 127.0.0.1; port 0 takes a free one.
   *
   * @returns the port
   * @throws an `Error` that names the port, where it is taken
   */
  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', (cause) => {
        const reason = `${this.#options.name} cannot listen on 127.0.0.1:${port}: ${cause.message}`;
        reject(new Error(`${reason}; stop what uses the port, or choose another`, { cause }));
      });
      this.#server.listen(port, '127.0.0.1', 4096, () => {
        const address = this.#server.address();
        resolve(typeof address === 'object' && address ? address.port : port);
      });
    });
  }

  /** Takes no more connections and ends those that are open. */
  close(): Promise<void> {
    for (const client of this.#clients) client.destroy();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
  }

  #forward(client: Socket, refused: readonly number[]): void {
    const candidates = this.#options.backends().filter((port) => !refused.includes(port));
    const port = candidates[Math.floor(this.#options.random() * candidates.length)];
    if (port === undefined) {
      client.resetAndDestroy();
      return;
    }
    const backend = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
    const retry = () => {
      this.#forward(client, [...refused, port]);
    };
    backend.once('error', retry);
    backend.once('connect', () => {
      backend.off('error', retry);
      if (client.destroyed) backend.destroy();
      else join(client, backend);
    });
  }
}

/** Passes bytes, half-closes and resets both ways. */
function join(client: Socket, backend: Socket): void {
  forward(client, backend);
  forward(backend, client);
}

function forward(from: Socket, to: Socket): void {
  from.pipe(to);
  from.once('error', () => {
    to.resetAndDestroy();
  });
  from.once('close', () => {
    if (!from.readableEnded) to.destroy();
  });
}
