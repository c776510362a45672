import { KubeConfig } from '@kubernetes/client-node';
import { KubernetesError } from './kubernetes-error.ts';

/** Which cluster, and as whom. */
export interface KubeconfigOptions {
  /** A kubeconfig file; without it as kubectl finds one: `KUBECONFIG`, `~/.kube/config`, or a pod's service account. */
  readonly kubeconfig?: string | undefined;
  /** A context of it; its current one without. */
  readonly context?: string | undefined;
}

const CHOOSE = 'name one that exists, see kubectl config get-contexts';

/**
 * The cluster and the credentials to be used.
 *
 * @throws {@link KubernetesError} naming the file, context, cluster or user that is missing
 */
export function loadKubeconfig({ kubeconfig, context }: KubeconfigOptions): KubeConfig {
  const config = read(kubeconfig);
  if (context !== undefined) config.setCurrentContext(context);
  const chosen = find(config, 'context', config.currentContext, config.contexts);
  find(config, 'user', chosen.user, config.users);
  const cluster = find(config, 'cluster', chosen.cluster, config.clusters);
  if (!URL.canParse(cluster.server))
    throw unusable(`the server "${cluster.server}" of cluster "${cluster.name}" is no URL`);
  if (cluster.proxyUrl?.startsWith('socks'))
    throw unusable(
      `the proxy-url ${cluster.proxyUrl} of cluster "${cluster.name}" is a SOCKS proxy; use an HTTP one`,
    );
  // The client refuses plain HTTP, as kubectl proxy speaks it, unless TLS is said not to matter.
  config.clusters = config.clusters.map((each) =>
    each.server.startsWith('http:') ? { ...each, skipTLSVerify: true } : each,
  );
  return config;
}

function read(file: string | undefined): KubeConfig {
  const config = new KubeConfig();
  try {
    if (file === undefined) config.loadFromDefault();
    else config.loadFromFile(file);
  } catch (cause) {
    const name = file ?? process.env['KUBECONFIG'] ?? '~/.kube/config';
    throw unusable(`the kubeconfig ${name} cannot be read (${messageOf(cause)})`, { cause });
  }
  if (file === undefined && config.currentContext === 'loaded-context')
    throw unusable(
      'there is no kubeconfig: neither KUBECONFIG nor ~/.kube/config names a cluster, and this is no pod of one',
    );
  return config;
}

function find<Entry extends { name: string }>(
  config: KubeConfig,
  what: string,
  name: string | undefined,
  entries: readonly Entry[],
): Entry {
  const found = entries.find((entry) => entry.name === name);
  if (found) return found;
  const known = entries.map((entry) => entry.name).join(', ') || 'none';
  if (!name) throw unusable(`the kubeconfig has no current context (it has: ${known}); ${CHOOSE}`);
  const by = what === 'context' ? '' : ` that context "${config.currentContext}" names`;
  throw unusable(
    `the kubeconfig has no ${what} "${name}"${by} (it has: ${known})${what === 'context' ? `; ${CHOOSE}` : ''}`,
  );
}

function unusable(why: string, options?: ErrorOptions): KubernetesError {
  return new KubernetesError('kubeconfig', `cannot reach a cluster: ${why}`, options);
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
