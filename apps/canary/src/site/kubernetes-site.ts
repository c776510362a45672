import {
  admittedTemplate,
  configMapStore,
  createSecret,
  kubernetesPlatform,
  leaseLock,
  podsProxy,
  readFacts,
  readStable,
  recordEvent,
  troubleOfJob,
} from '@canary/kubernetes';
import { driverRights } from '@canary/manifests';
import type { PlatformObject } from '@canary/rollout';
import { systemClock } from '@canary/runtime';
import { version } from '../images.ts';
import { prometheusHeaders } from './header-file.ts';
import { namedPlatform, namedSight } from './named-platform.ts';
import { person } from './person.ts';
import { isFound, prometheusService } from './prometheus-service.ts';
import { sharedSight } from './shared-sight.ts';
import type { KubernetesSiteOptions, Site } from './site.ts';
import { viewingObserver } from './viewing-observer.ts';

/** Without a sign of its driver for so long, another may take a rollout over. */
const LEASE_SECONDS = 15;

interface DeploymentState {
  readonly metadata: { readonly generation: number };
  readonly spec: { readonly replicas?: number };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
  };
}

/** A namespace of the Kubernetes cluster that a kubeconfig names, or that this pod is in. */
export function kubernetesSite({
  context,
  kubeconfig,
  names,
  ...options
}: KubernetesSiteOptions): Site {
  const connected = kubernetesPlatform({
    ...{ context, kubeconfig },
    userAgent: `canary/${version}`,
  });
  const { cluster } = connected;
  const platform = namedPlatform(connected, names);
  const shared = sharedSight(connected, systemClock);
  const sight = namedSight(shared, names);
  const namespace = options.namespace ?? cluster.namespace;
  const { user, holder } = person();
  // A command asks for it several times on its way.
  let found: ReturnType<typeof prometheusService> | undefined;
  const service = () => (found ??= prometheusService(cluster, namespace));
  const prometheus: Site['prometheus'] = async ({ prometheus: url, prometheusHeaderFile }) => {
    if (url === undefined) return undefined;
    const at = url === 'service' ? await service() : { url };
    return { ...at, headers: await prometheusHeaders(prometheusHeaderFile) };
  };
  return {
    namespace,
    platform,
    sight,
    store: configMapStore({ cluster, namespace }),
    clock: systemClock,
    user,
    holder,
    lock: (app) =>
      leaseLock({ cluster, namespace, name: `canary-${app}`, holder, seconds: LEASE_SECONDS }),
    hasPrometheus: () => isFound(service()),
    prometheus,
    observer: async (selector, view) => {
      const way = cluster.inside ? {} : podsProxy({ cluster, namespace });
      const at = await prometheus(view);
      return viewingObserver({ sight, selector, view, way, prometheus: at });
    },
    createSecret: (name, data) => createSecret({ cluster, namespace, name, data }),
    troubleOfJob: (job) => troubleOfJob(cluster, namespace, job),
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
    readDeployment: (ref) => readStable(cluster, ref),
    services: async () => {
      const { items } = await cluster.request<{ readonly items: readonly PlatformObject[] }>({
        asked: `list the Services in namespace ${namespace}`,
        path: `/api/v1/namespaces/${namespace}/services`,
      });
      // A list leaves out of its items what it says of itself.
      return items.map((item) => ({ ...item, apiVersion: 'v1', kind: 'Service' }));
    },
    facts: (wish) => readFacts(cluster, { ...wish, rights: driverRights }),
    admittedTemplate: (ref, template, uid) => admittedTemplate(cluster, ref, { template, uid }),
    close: () => {
      shared.close();
      return connected.close();
    },
  };
}
