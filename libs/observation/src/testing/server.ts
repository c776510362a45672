import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A real HTTP server on a free loopback port. */
export interface TestServer {
  /** Such as `127.0.0.1:40123`. */
  readonly address: string;
  /** Such as `http://127.0.0.1:40123`. */
  readonly url: string;
  /** Ends it and every connection to it. */
  close(): Promise<void>;
}

export async function startServer(listener: RequestListener): Promise<TestServer> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers every request with an exposition. */
export function exposing(text: string, contentType = 'text/plain; version=0.0.4'): RequestListener {
  return (_, response) => {
    response.setHeader('content-type', contentType).end(text);
  };
}
