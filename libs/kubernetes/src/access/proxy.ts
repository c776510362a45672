import { KubernetesError } from '../kubernetes-error.ts';
import type { ClusterEntry } from './entries.ts';
import { isDirect } from './no-proxy.ts';

/** The proxy through which a cluster is reached. */
export interface Proxy {
  /** Without user and password. */
  readonly url: string;
  /** What has user and password in it, where the proxy wants them. */
  readonly authorization: string | undefined;
  readonly password: string | undefined;
  /** What names it: `the proxy-url of cluster "one"`, or `HTTPS_PROXY`. */
  readonly from: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a cluster, as kubectl finds it: the cluster's own `proxy-url`, whatever else is set,
 * or `HTTPS_PROXY` (for a server without TLS `HTTP_PROXY`) unless `NO_PROXY` has the server. Of a
 * variable in both cases the upper one counts.
 *
 * @throws {@link KubernetesError} where what is named is no HTTP proxy
 */
export function proxyOf(cluster: ClusterEntry, env: Environment): Proxy | undefined {
  const { name, proxyUrl, server } = cluster;
  if (proxyUrl !== undefined) return proxyAt(proxyUrl, `the proxy-url of cluster "${name}"`);
  const url = new URL(server);
  const variable = url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
  const [from, value] = find(env, variable);
  if (value === undefined || isDirect(find(env, 'NO_PROXY')[1] ?? '', url)) return undefined;
  return proxyAt(value, from);
}

function find(env: Environment, upper: string): [name: string, value: string | undefined] {
  const name = [upper, upper.toLowerCase()].find((each) => env[each]) ?? upper;
  return [name, env[name] === '' ? undefined : env[name]];
}

/** The message has nothing of the value, which may have a password in it. */
function proxyAt(value: string, from: string): Proxy {
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`;
  if (!URL.canParse(whole))
    throw unusable(`${from} is no URL; set it to one such as http://proxy:3128`);
  const url = new URL(whole);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    const kind = url.protocol.startsWith('socks') ? 'a SOCKS proxy' : 'no HTTP proxy';
    throw unusable(`${from} (${url.protocol}//${url.host}) is ${kind}; use an HTTP one`);
  }
  const [username, password] = [url.username, url.password].map(decoded);
  const login = `${username ?? ''}:${password ?? ''}`;
  return {
    url: `${url.protocol}//${url.host}`,
    authorization: login === ':' ? undefined : `Basic ${Buffer.from(login).toString('base64')}`,
    password: password === '' ? undefined : password,
    from,
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // A percent sign of a password that nobody encoded.
    return part;
  }
}

function unusable(why: string): KubernetesError {
  return new KubernetesError('kubeconfig', `cannot reach a cluster: ${why}`);
}
