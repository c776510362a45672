import type { RequestOptions } from 'node:https';
import { isDeepStrictEqual } from 'node:util';
import type { KubeConfig } from '@kubernetes/client-node';
import { Agent, ProxyAgent, type buildConnector, type Dispatcher } from 'undici';

/** How a request is sent: over which connections, and with which headers that say who asks. */
export interface Access {
  readonly dispatcher: Dispatcher;
  readonly headers: Readonly<Record<string, string>>;
}

/** Says how to send a request now; tokens and certificates may change while a release runs. */
export interface Credentials {
  access(): Promise<Access>;
  /** Forgets them, since the server did not take them. */
  forget(): void;
  close(): Promise<void>;
}

type Tls = Pick<RequestOptions, (typeof tlsOptions)[number]>;
const tlsOptions = [
  'ca',
  'cert',
  'key',
  'pfx',
  'passphrase',
  'rejectUnauthorized',
  'servername',
] as const;

/** How long they are taken for good before the kubeconfig's files and plugins are asked again. */
const FRESH_MILLISECONDS = 30_000;
/** A watch ends itself before it may be silent so long; one that is was cut off without a word. */
const SILENCE_MILLISECONDS = 40_000;
const CONNECT_MILLISECONDS = 10_000;

/** The credentials of a kubeconfig's current context, on connections that are kept alive. */
export function credentials(config: KubeConfig): Credentials {
  let current: { until: number; access: Promise<Access> } | undefined;
  let open: { tls: Tls; dispatcher: Dispatcher } | undefined;

  async function ask(): Promise<Access> {
    const options: RequestOptions = {};
    await config.applyToHTTPSOptions(options);
    const tls = Object.fromEntries(
      tlsOptions.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
    ) as Tls;
    if (!open || !isDeepStrictEqual(open.tls, tls)) {
      // Requests under way end on the old connections.
      void open?.dispatcher.close();
      open = { tls, dispatcher: connections(config.getCurrentCluster()?.proxyUrl, tls) };
    }
    return { dispatcher: open.dispatcher, headers: headersOf(options) };
  }

  return {
    access: () => {
      if (!current || current.until < Date.now()) {
        current = { until: Date.now() + FRESH_MILLISECONDS, access: ask() };
        current.access.catch(() => (current = undefined));
      }
      return current.access;
    },
    forget: () => (current = undefined),
    close: async () => open?.dispatcher.destroy(),
  };
}

function connections(proxy: string | undefined, tls: Tls): Dispatcher {
  const timeouts = { headersTimeout: SILENCE_MILLISECONDS, bodyTimeout: SILENCE_MILLISECONDS };
  const connect = { ...tls, timeout: CONNECT_MILLISECONDS } as buildConnector.BuildOptions;
  return proxy === undefined
    ? new Agent({ ...timeouts, connect })
    : new ProxyAgent({ ...timeouts, uri: proxy, requestTls: connect });
}

function headersOf({ headers, auth }: RequestOptions): Record<string, string> {
  const basic = auth
    ? { authorization: `Basic ${Buffer.from(auth).toString('base64')}` }
    : undefined;
  const given = Object.entries(headers ?? {}).map(([name, value]) => [name, String(value)]);
  return { ...basic, ...(Object.fromEntries(given) as Record<string, string>) };
}
