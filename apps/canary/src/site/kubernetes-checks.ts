import { kubernetesPlatform, type Cluster } from '@canary/kubernetes';
import { driverRights, driverWishes, outsideWishes, type Right } from '@canary/manifests';
import type { Check } from '../doctor-checks.ts';
import { lookAtPrometheus } from './prometheus-check.ts';
import type { KubernetesSiteOptions } from './site.ts';

/** The checks of a cluster, and what closes the way to it. */
export function kubernetesChecks(options: KubernetesSiteOptions) {
  let platform: ReturnType<typeof kubernetesPlatform> | undefined;
  const cluster = () => (platform ??= kubernetesPlatform(options)).cluster;
  // Not before a check: a kubeconfig that is not there is what the first one finds.
  const namespace = () => options.namespace ?? cluster().namespace;
  const checks: readonly Check[] = [
    { name: 'cluster', needed: true, look: () => reach(cluster()) },
    ...driverRights.map((right) => rightCheck(cluster, namespace, right, true)),
    ...[...outsideWishes, ...driverWishes].map((right) =>
      rightCheck(cluster, namespace, right, false),
    ),
    { name: 'prometheus', needed: false, look: () => lookAtPrometheus(cluster(), namespace()) },
  ];
  return { checks, close: async () => platform?.close() };
}

async function reach(cluster: Cluster): Promise<string> {
  const { gitVersion } = await cluster.request<{ readonly gitVersion: string }>({
    asked: 'reach the cluster',
    path: '/version',
  });
  return `${gitVersion} at ${cluster.server}`;
}

function rightCheck(
  cluster: () => Cluster,
  namespaceOf: () => string,
  right: Right,
  needed: boolean,
): Check {
  const { group, resource, subresource, verbs } = right;
  const what = [resource, subresource].filter(Boolean).join('/');
  return {
    name: `rights on ${what}`,
    needed,
    look: async () => {
      const [way, namespace] = [cluster(), namespaceOf()];
      const asked = { namespace, group, resource, ...(subresource ? { subresource } : {}) };
      const answers = await Promise.all(verbs.map((verb) => may(way, { ...asked, verb })));
      const denied = verbs.filter((_, index) => !answers[index]);
      if (denied.length === 0) return verbs.join(', ');
      throw new Error(
        `you may not ${denied.join(', ')} ${what} in namespace ${namespace}: have a role bound that allows it`,
      );
    },
  };
}

async function may(
  cluster: Cluster,
  resourceAttributes: Readonly<Record<string, string>>,
): Promise<boolean> {
  const { status } = await cluster.request<{ readonly status?: { readonly allowed?: boolean } }>({
    asked: 'ask what you may do',
    method: 'POST',
    path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    body: {
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      spec: { resourceAttributes },
    },
  });
  return status?.allowed === true;
}
