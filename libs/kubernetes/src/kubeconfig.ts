import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import type { z } from 'zod';
import {
  clusterSchema,
  contextSchema,
  userSchema,
  type ClusterEntry,
  type UserEntry,
} from './access/entries.ts';
import { proxyOf, type Proxy } from './access/proxy.ts';
import {
  complaint,
  KubeconfigFileError,
  readKubeconfigs,
  type MergedKubeconfig,
  type RawEntry,
} from './access/read-kubeconfigs.ts';
import { KubernetesError } from './kubernetes-error.ts';

/** Which cluster, and as whom. */
export interface KubeconfigOptions {
  /** A kubeconfig file; without it as kubectl finds one: the files of `KUBECONFIG` merged, `~/.kube/config`, or a pod's service account. */
  readonly kubeconfig?: string | undefined;
  /** A context of it; its current one without. */
  readonly context?: string | undefined;
}

/** One context of a kubeconfig with all that it names. */
export interface Kubeconfig {
  readonly context: string;
  readonly namespace: string;
  /** It is the service account of the pod that this process runs in. */
  readonly inside: boolean;
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
  /** Through which the cluster is reached. */
  readonly proxy: Proxy | undefined;
}

const CHOOSE = 'name one that exists, see kubectl config get-contexts';
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/**
 * The cluster and the credentials to be used.
 *
 * @throws {@link KubernetesError} naming the file, context, cluster or user that is missing
 */
export function loadKubeconfig({ kubeconfig, context }: KubeconfigOptions): Kubeconfig {
  const files = kubeconfig === undefined ? defaultFiles() : [kubeconfig];
  const config = read(files);
  if (kubeconfig !== undefined && config.missing.length > 0)
    throw unusable(`the kubeconfig ${kubeconfig} cannot be read (ENOENT: there is no such file)`);
  if (kubeconfig === undefined && config.missing.length === new Set(files).size) {
    if (existsSync(join(SERVICE_ACCOUNT, 'token'))) return ofServiceAccount();
    throw unusable(
      `there is no kubeconfig: neither KUBECONFIG nor ~/.kube/config names a cluster, and this is no pod of one (not there: ${config.missing.join(', ')})`,
    );
  }
  const name = context ?? config.currentContext;
  const chosen = parse('context', name, find('context', name, config, name), contextSchema);
  const user = find('user', chosen.user, config, name);
  const cluster = clusterOf(chosen.cluster ?? '', find('cluster', chosen.cluster, config, name));
  return {
    context: name ?? '',
    namespace: chosen.namespace ?? 'default',
    inside: false,
    cluster,
    user: userOf(chosen.user ?? '', user),
    proxy: proxyOf(cluster, process.env),
  };
}

function defaultFiles(): string[] {
  const listed = (process.env['KUBECONFIG'] ?? '').split(delimiter).filter((file) => file !== '');
  return listed.length > 0 ? listed : [join(homedir(), '.kube', 'config')];
}

function read(files: readonly string[]): MergedKubeconfig {
  try {
    return readKubeconfigs(files.map((file) => resolve(file)));
  } catch (cause) {
    if (!(cause instanceof KubeconfigFileError)) throw cause;
    throw unusable(`the kubeconfig ${cause.file} cannot be read (${cause.message})`, { cause });
  }
}

/** @see https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/#directly-accessing-the-rest-api */
function ofServiceAccount(): Kubeconfig {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '443' } = process.env;
  if (host === '')
    throw unusable(
      'this pod has a service account, and no KUBERNETES_SERVICE_HOST says where the API server is; leave enableServiceLinks and the environment of the container as they were',
    );
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const body = { server, 'certificate-authority': join(SERVICE_ACCOUNT, 'ca.crt') };
  const cluster = clusterOf('of this pod', { body, folder: '/' });
  const user = { tokenFile: join(SERVICE_ACCOUNT, 'token') };
  const file = join(SERVICE_ACCOUNT, 'namespace');
  const namespace = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  return {
    context: 'of this pod',
    namespace: namespace === '' ? 'default' : namespace,
    inside: true,
    cluster,
    user: userOf('of this pod', { body: user, folder: '/' }),
    proxy: proxyOf(cluster, process.env),
  };
}

type Kind = 'context' | 'user' | 'cluster';

function find(
  kind: Kind,
  name: string | undefined,
  config: MergedKubeconfig,
  context: string | undefined,
): RawEntry {
  const entries = config[`${kind}s`];
  const found = entries.get(name ?? '');
  if (found && name) return found;
  const known = [...entries.keys()].join(', ') || 'none';
  const choose = kind === 'context' ? `; ${CHOOSE}` : '';
  if (!name && kind === 'context')
    throw unusable(`the kubeconfig has no current context (it has: ${known})${choose}`);
  const by = kind === 'context' ? '' : ` that context "${context ?? ''}" names`;
  throw unusable(`the kubeconfig has no ${kind} "${name ?? ''}"${by} (it has: ${known})${choose}`);
}

function parse<Schema extends z.ZodType>(
  kind: Kind,
  name: string | undefined,
  { body }: RawEntry,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  throw unusable(
    `the ${kind} "${name ?? ''}" of the kubeconfig is wrong: ${complaint(parsed.error)}; mend it, see kubectl config --help`,
  );
}

function clusterOf(name: string, entry: RawEntry): ClusterEntry {
  const cluster = parse('cluster', name, entry, clusterSchema);
  const { server } = cluster;
  if (!/^https?:/i.test(server) || !URL.canParse(server))
    throw unusable(`the server "${withoutLogin(server)}" of cluster "${name}" is no URL`);
  if (withoutLogin(server) !== server)
    throw unusable(
      `the server ${withoutLogin(server)} of cluster "${name}" has a login in its URL; put username and password into the user instead`,
    );
  const ca = fileOrData(cluster, 'certificate-authority', entry);
  const insecure = cluster['insecure-skip-tls-verify'];
  if (insecure && (ca.file ?? ca.data) !== undefined)
    throw unusable(
      `cluster "${name}" has both a certificate-authority and insecure-skip-tls-verify; remove the second one`,
    );
  return {
    name,
    server: server.replace(/\/+$/, ''),
    ca,
    insecure,
    serverName: cluster['tls-server-name'],
    proxyUrl: cluster['proxy-url'],
    pluginConfig: cluster.extensions?.find(
      (extension) => extension.name === 'client.authentication.k8s.io/exec',
    )?.extension,
  };
}

function userOf(name: string, entry: RawEntry): UserEntry {
  const user = parse('user', name, entry, userSchema);
  const { exec } = user;
  const { folder } = entry;
  return {
    name,
    token: user.token?.trim(),
    tokenFile: absolute(folder, user.tokenFile),
    username: user.username,
    password: user.password,
    certificate: fileOrData(user, 'client-certificate', entry),
    key: fileOrData(user, 'client-key', entry),
    impersonated: {
      user: user.as,
      uid: user['as-uid'],
      groups: user['as-groups'],
      extra: user['as-user-extra'],
    },
    // A command that is no path is looked for in PATH.
    exec: exec
      ? {
          ...exec,
          command: /[\\/]/.test(exec.command) ? resolve(folder, exec.command) : exec.command,
        }
      : undefined,
    authProvider: user['auth-provider'] ?? undefined,
  };
}

function fileOrData<Key extends string>(
  entry: Record<Key | `${Key}-data`, string | undefined>,
  key: Key,
  { folder }: RawEntry,
) {
  return { file: absolute(folder, entry[key]), data: entry[`${key}-data`] };
}

function absolute(folder: string, file: string | undefined): string | undefined {
  return file === undefined || isAbsolute(file) ? file : join(folder, file);
}

function withoutLogin(url: string): string {
  return url.replace(/^([a-z]+:\/\/)?[^/@]*@/i, '$1');
}

function unusable(why: string, options?: ErrorOptions): KubernetesError {
  return new KubernetesError('kubeconfig', `cannot reach a cluster: ${why}`, options);
}
