import { hostname, userInfo } from 'node:os';
import { setTimeout as after } from 'node:timers/promises';
import { directObserver } from '@canary/observation';
import {
  configMapStore,
  kubernetesPlatform,
  leaseLock,
  podsProxy,
  recordEvent,
} from '@canary/platform/kubernetes';
import type { Clock } from '@canary/rollout';
import type { Site, SiteOptions } from './site.ts';

/** How long a look waits for its slowest pod. */
const SCRAPE_TIMEOUT_MS = 2000;
/** Without a sign of its driver for so long, another may take a rollout over. */
const LEASE_SECONDS = 15;

const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    await after(Math.max(0, ms), undefined, { signal }).catch(() => undefined);
  },
};

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
  const holder = `${user}@${hostname()}:${process.pid}`;
  return {
    namespace,
    platform,
    store: configMapStore({ cluster, namespace }),
    clock: systemClock,
    user,
    holder,
    lock: (app) =>
      leaseLock({ cluster, namespace, name: `canary-${app}`, holder, seconds: LEASE_SECONDS }),
    observer: (selector, metrics = ['http_requests_total']) =>
      directObserver({
        listPods: async () =>
          (await platform.list(selector)).flatMap(({ pods, release }) =>
            pods.map((pod) => ({ pod, release })),
          ),
        metrics,
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
