import type { PlatformObject } from '@canary/rollout';
import { Role } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import { RoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { Parameters } from '../parameters.ts';
import { validated } from '../validated.ts';
import { DRIVER, driverLabels as labels } from './names.ts';
import { driverRights, driverWishes } from './rights.ts';

/** Who a driver in the cluster is to the API server. */
export function driverServiceAccount({ namespace }: Parameters): PlatformObject {
  return validated(new ServiceAccount({ metadata: { name: DRIVER, namespace, labels } }));
}

/** All that a driver in the cluster may do: what `canary doctor` looks for, and no more. */
export function driverRole({ namespace }: Parameters): PlatformObject {
  const rules = [...driverRights, ...driverWishes].map(
    ({ group, resource, subresource, verbs }) => ({
      apiGroups: [group],
      resources: [subresource === undefined ? resource : `${resource}/${subresource}`],
      verbs: [...verbs],
    }),
  );
  return validated(new Role({ metadata: { name: DRIVER, namespace, labels }, rules }));
}

/** Gives the role to the account. */
export function driverRoleBinding({ namespace }: Parameters): PlatformObject {
  return validated(
    new RoleBinding({
      metadata: { name: DRIVER, namespace, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: DRIVER },
      subjects: [{ kind: 'ServiceAccount', name: DRIVER, namespace }],
    }),
  );
}
