import type { Pod } from '@canary/rollout';
import type { Cluster } from './cluster.ts';
import { corePath } from './resource-path.ts';

/** Reaches pods from outside of the cluster, in the shape that an observer takes. */
export interface PodsProxy {
  /**
   * Where the pod's metrics are, through the API server; undefined while it has no address. It
   * needs no headers: `fetch` adds the credentials, which may change while a release runs.
   */
  readonly urlOf: (pod: Pod) => { readonly url: string } | undefined;
  /** A fetch that trusts the cluster's CA and says who asks; for URLs of this cluster alone. */
  readonly fetch: typeof fetch;
}

/**
 * A way to every pod of a namespace through the API server's `pods/proxy`, which needs no route to
 * the pods' network, but the right to `get` on `pods/proxy`.
 *
 * @example
 * const { urlOf, fetch } = podsProxy({ cluster: platform.cluster, namespace: 'canary' });
 * const observer = directObserver({ listPods, metrics, timeoutMs: 2000, urlOf, fetch });
 */
export function podsProxy(options: { cluster: Cluster; namespace: string }): PodsProxy {
  const { cluster, namespace } = options;
  return {
    urlOf: ({ name, annotations, scrapeAddress }) => {
      const port = /:(\d+)$/.exec(scrapeAddress ?? '')?.[1];
      if (port === undefined) return undefined;
      const scheme = annotations['prometheus.io/scheme'] === 'https' ? 'https:' : '';
      const path = (annotations['prometheus.io/path'] ?? '/metrics').replace(/^\/*/, '/');
      const pod = corePath('pods', namespace, `${scheme}${name}:${port}`);
      return { url: `${cluster.server}${pod}/proxy${path}` };
    },

    fetch: async (input, init) => {
      const { url, method, headers, signal, body } = new Request(input, init);
      if (!url.startsWith(`${cluster.server}/`))
        throw new Error(`${url} is not of ${cluster.server}; the credentials go nowhere else`);
      // A pod that redirects elsewhere is not followed there with the cluster's credentials.
      const answer = await cluster.send(url.slice(cluster.server.length), {
        method,
        headers: [...headers],
        signal,
        redirect: 'manual',
        ...(body ? { body: await new Response(body).arrayBuffer() } : {}),
      });
      const { status, statusText } = answer;
      return new Response(answer.body, { status, statusText, headers: [...answer.headers] });
    },
  };
}
