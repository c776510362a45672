import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { createApi, type ApiOptions } from './app.ts';
import { newToken } from './token.ts';

/** Where the page is served. */
export interface ServeOptions extends Omit<ApiOptions, 'token'> {
  /** 0 takes any port that is free. */
  readonly port: number;
  readonly host: string;
  /** A new one unless it is given. */
  readonly token?: string;
}

/** A page that is being served. */
export interface ServedPage {
  /** With the token, for a browser. */
  readonly address: string;
  readonly token: string;
  close(): Promise<void>;
}

/**
 * Serves the page until it is closed.
 *
 * @throws an `Error` naming the port and the remedy, where it cannot be listened on
 */
export async function servePage(options: ServeOptions): Promise<ServedPage> {
  const { port, host, token = newToken() } = options;
  const server = createAdaptorServer(createApi({ ...options, token, hostname: host }));
  server.listen(port, host);
  try {
    await once(server, 'listening');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `cannot listen on ${host}:${port} (${why}): give another --port, or 0 for any`,
      {
        cause,
      },
    );
  }
  const bound = server.address() as AddressInfo;
  return {
    // Behind the #: browsers keep that to themselves.
    address: `http://${shownHost(host)}:${bound.port}/#token=${token}`,
    token,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await closed;
    },
  };
}

function shownHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
