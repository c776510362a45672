import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '@canary/rollout';
import type { Dispatcher } from 'undici';
import { connections, type Tls } from './access/connections.ts';
import { CredentialsError } from './access/credentials-error.ts';
import type { FileOrData } from './access/entries.ts';
import type { ExecCredential } from './access/exec-credential.ts';
import { execPlugin } from './access/exec-plugin.ts';
import { impersonationHeaders } from './access/impersonation.ts';
import { providerHeaders } from './access/provider-headers.ts';
import { newSecrets } from './access/secrets.ts';
import { tokenFile } from './access/token-file.ts';
import type { Kubeconfig } from './kubeconfig.ts';

/** How requests are sent now: over which connections, and saying who asks. */
export interface Access {
  readonly dispatcher: Dispatcher;
  /** What a plugin gave for it. */
  readonly credential: ExecCredential | undefined;
}

/** Says how to send a request; tokens and certificates may change while a release runs. */
export interface Credentials {
  /** @throws {@link CredentialsError} where they cannot be had */
  access(): Promise<Access>;
  /** The next access has others where there are any, since the server did not take these. */
  forget(access: Access): void;
  /** The text without tokens and passwords. */
  readonly hide: (text: string) => string;
  close(): Promise<void>;
}

/** How long files are taken to be as they were read. */
const FRESH_MILLISECONDS = 30_000;

/** The credentials of a kubeconfig's context, on connections that are kept alive. */
export function credentials(config: Kubeconfig, clock: Pick<Clock, 'now'>): Credentials {
  const { cluster, user, proxy } = config;
  const secrets = newSecrets();
  secrets.add(user.token, user.password, proxy?.password, proxy?.authorization);
  const caOf = () => bytesOf(cluster.ca, 'certificate-authority');
  const plugin = user.exec && execPlugin({ exec: user.exec, cluster, ca: caOf, clock });
  const fromFile = user.tokenFile === undefined ? undefined : tokenFile(user.tokenFile, user.token);
  const fromProvider = user.authProvider && providerHeaders(user.authProvider);
  const impersonation = impersonationHeaders(user.impersonated);
  let files: { until: number; tls: Tls } | undefined;
  let open: { tls: Tls; dispatcher: Dispatcher } | undefined;

  function tlsOfFiles(): Tls {
    if (!files || clock.now() >= files.until)
      files = { until: clock.now() + FRESH_MILLISECONDS, tls: readTls(config, caOf()) };
    return files.tls;
  }

  async function authorization(credential: ExecCredential | undefined) {
    if (fromFile ?? user.token) return `Bearer ${fromFile?.() ?? user.token ?? ''}`;
    if (user.username ?? user.password) {
      const login = `${user.username ?? ''}:${user.password ?? ''}`;
      return `Basic ${Buffer.from(login).toString('base64')}`;
    }
    if (credential) return credential.token && `Bearer ${credential.token}`;
    return fromProvider?.headers();
  }

  return {
    access: async () => {
      const credential = await plugin?.credential();
      const said = await authorization(credential);
      secrets.add(said, said?.replace(/^\S+ /, ''));
      if (said !== undefined && !/^[\t\u0020-\u007e\u0080-\u00ff]+$/.test(said))
        throw new CredentialsError(
          'the token has characters that no header may have; see that it is in one line, and a token',
        );
      const tls = {
        ...tlsOfFiles(),
        ...(credential?.key && { cert: credential.certificate, key: credential.key }),
      } as Tls;
      if (!open || !isDeepStrictEqual(open.tls, tls)) {
        checkTls(tls);
        // Requests under way end on the old connections.
        void open?.dispatcher.close();
        open = { tls, dispatcher: connections(cluster.server, tls, proxy) };
      }
      const headers = { ...impersonation, ...(said === undefined ? {} : { authorization: said }) };
      const dispatcher = open.dispatcher.compose(saying(new URL(cluster.server).origin, headers));
      return { dispatcher, credential };
    },
    forget: ({ credential }) => {
      files = undefined;
      fromProvider?.forget();
      if (credential) plugin?.forget(credential);
    },
    hide: secrets.hide,
    close: async () => open?.dispatcher.destroy(),
  };
}

/**
 * Adds headers to what goes to one origin, and to no other: where a server redirects to, nobody
 * knows. `fetch` itself would make one header of several of one name, which is one group to the API server.
 */
function saying(
  origin: string,
  headers: Readonly<Record<string, string | string[]>>,
): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    if (String(options.origin) !== origin) return dispatch(options, handler);
    const given = Object.entries((options.headers ?? {}) as Record<string, string>).filter(
      ([name]) => !(name.toLowerCase() in headers),
    );
    return dispatch({ ...options, headers: { ...Object.fromEntries(given), ...headers } }, handler);
  };
}

function readTls({ cluster, user }: Kubeconfig, ca: Buffer | undefined): Tls {
  const cert = bytesOf(user.certificate, 'client-certificate');
  const key = bytesOf(user.key, 'client-key');
  if ((cert === undefined) !== (key === undefined))
    throw new CredentialsError(
      `it has a ${cert ? 'client-certificate and no client-key' : 'client-key and no client-certificate'}; add the other one`,
    );
  return {
    ...(ca && { ca }),
    ...(cert && key && { cert, key }),
    ...(cluster.insecure && { rejectUnauthorized: false }),
    ...(cluster.serverName !== undefined && { servername: cluster.serverName }),
  };
}

/** A key that is none is no fault of the server's, as a connection would have it. */
function checkTls({ ca, cert, key }: Tls): void {
  try {
    createSecureContext({ ca, cert, key });
  } catch (cause) {
    const { message } = cause as Error;
    throw new CredentialsError(
      `its certificate, its key or the cluster's certificate-authority is no PEM, or they do not belong together (${message}); take a fresh kubeconfig`,
      { cause },
    );
  }
}

function bytesOf({ file, data }: FileOrData, what: string): Buffer | undefined {
  if (data !== undefined) return Buffer.from(data, 'base64');
  if (file === undefined) return undefined;
  try {
    return readFileSync(file);
  } catch (cause) {
    const { message } = cause as Error;
    throw new CredentialsError(`its ${what} cannot be read: ${message}`, { cause });
  }
}
