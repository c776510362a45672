import type { PlatformObject } from '@canary/rollout';
import { ClusterRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRole';
import { ClusterRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/ClusterRoleBinding';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { Parameters } from '../parameters.ts';
import { validated } from '../validated.ts';
import { PROMETHEUS, prometheusLabels } from './names.ts';

/** Who Prometheus is to the API server. */
export function prometheusServiceAccount({ namespace }: Parameters): PlatformObject {
  return validated(
    new ServiceAccount({ metadata: { name: PROMETHEUS, namespace, labels: prometheusLabels } }),
  );
}

/** All that the discovery of pods needs, and no more: to see pods. */
export function prometheusClusterRole({ namespace }: Parameters): PlatformObject {
  return validated(
    new ClusterRole({
      metadata: { name: clusterWideName(namespace), labels: prometheusLabels },
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }],
    }),
  );
}

/** Gives the role to the account. */
export function prometheusClusterRoleBinding({ namespace }: Parameters): PlatformObject {
  return validated(
    new ClusterRoleBinding({
      metadata: { name: clusterWideName(namespace), labels: prometheusLabels },
      roleRef: {
        apiGroup: 'rbac.authorization.k8s.io',
        kind: 'ClusterRole',
        name: clusterWideName(namespace),
      },
      subjects: [{ kind: 'ServiceAccount', name: PROMETHEUS, namespace }],
    }),
  );
}

/** Cluster-wide objects bear their namespace in the name, so that two set-ups do not share one. */
function clusterWideName(namespace: string): string {
  return `${PROMETHEUS}-${namespace}`;
}
