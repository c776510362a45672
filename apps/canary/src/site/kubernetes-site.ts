import { hostname, userInfo } from 'node:os';
import { directObserver } from '@canary/observation';
import {
  configMapStore,
  kubernetesPlatform,
  podsProxy,
  recordEvent,
  systemClock,
} from '@canary/platform/kubernetes';
import type { Site, SiteOptions } from './site.ts';

/** How long a look waits for its slowest pod. */
const SCRAPE_TIMEOUT_MS = 2000;

interface DeploymentState {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
  };
}

/** A namespace of the Kubernetes cluster that a kubeconfig names. */
export function kubernetesSite({ namespace, context, kubeconfig }: SiteOptions): Site {
  const platform = kubernetesPlatform({ context, kubeconfig });
  const { cluster } = platform;
  const user = userName();
  return {
    namespace,
    platform,
    store: configMapStore({ cluster, namespace }),
    clock: systemClock,
    user,
    holder: `${user}@${hostname()}:${process.pid}`,
    observer: (selector) =>
      directObserver({
        listPods: async () =>
          (await platform.list(selector)).flatMap(({ pods, release }) =>
            pods.map((pod) => ({ pod, release })),
          ),
        metrics: ['http_requests_total'],
        timeoutMs: SCRAPE_TIMEOUT_MS,
        ...podsProxy({ cluster, namespace }),
      }),
    isRolledOut: async ({ name }) => {
      const { metadata, spec, status } = await cluster.request<DeploymentState>({
        asked: `read Deployment ${namespace}/${name}`,
        path: `/apis/apps/v1/namespaces/${namespace}/deployments/${name}`,
      });
      const { observedGeneration = 0, replicas = 0, updatedReplicas = 0 } = status ?? {};
      const wanted = spec.replicas ?? 1;
      const isNew = updatedReplicas === wanted && replicas === wanted;
      return observedGeneration >= metadata.generation && isNew;
    },
    recordEvent: async ({ object, uid, ...event }) => {
      const { apiVersion, kind, metadata } = object;
      const involvedObject = { apiVersion, kind, namespace, name: metadata.name, uid };
      await recordEvent({ cluster, involvedObject, ...event });
    },
    close: () => platform.close(),
  };
}

/** A process may run as a user that the system does not know. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`;
  }
}
