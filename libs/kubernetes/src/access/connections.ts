import { Agent, Pool, ProxyAgent, type buildConnector, type Dispatcher } from 'undici';
import type { Proxy } from './proxy.ts';

/** Whom a connection trusts, and who it says to be. */
export interface Tls {
  readonly ca?: Buffer;
  readonly cert?: Buffer | string;
  readonly key?: Buffer | string;
  readonly rejectUnauthorized?: boolean;
  readonly servername?: string;
}

/** An answer that says nothing for so long was cut off without a word. */
const SILENCE_MILLISECONDS = 40_000;
const CONNECT_MILLISECONDS = 10_000;
/** After so long without a word, the system asks the other side whether it is there. */
const KEEP_ALIVE_MILLISECONDS = 20_000;

/** Connections to a server that are kept alive, straight or through a proxy. */
export function connections(server: string, tls: Tls, proxy: Proxy | undefined): Dispatcher {
  const timeouts = { headersTimeout: SILENCE_MILLISECONDS, bodyTimeout: SILENCE_MILLISECONDS };
  const way = { timeout: CONNECT_MILLISECONDS, keepAliveInitialDelay: KEEP_ALIVE_MILLISECONDS };
  const connect = { ...tls, ...way } as buildConnector.BuildOptions;
  if (!proxy) return new Agent({ ...timeouts, connect });
  return new ProxyAgent({
    ...timeouts,
    uri: proxy.url,
    ...(proxy.authorization === undefined ? {} : { token: proxy.authorization }),
    requestTls: connect,
    proxyTls: way as buildConnector.BuildOptions,
    // Only what is encrypted needs a tunnel, and many proxies allow one to port 443 alone.
    proxyTunnel: server.startsWith('https:'),
    clientFactory: (origin, options) =>
      new Pool(origin, { ...options, headersTimeout: CONNECT_MILLISECONDS }),
    factory: (origin, options) => new Pool(origin, Object.assign({}, options, timeouts)),
  });
}
