/** A right to do something with a kind of object in a namespace. */
export interface Right {
  readonly group: string;
  readonly resource: string;
  readonly subresource?: string;
  readonly verbs: readonly string[];
}

/** What a driver of releases asks of the cluster. */
export const driverRights: readonly Right[] = [
  {
    group: 'apps',
    resource: 'deployments',
    verbs: ['get', 'list', 'watch', 'create', 'patch', 'delete'],
  },
  { group: 'apps', resource: 'deployments', subresource: 'scale', verbs: ['patch'] },
  { group: '', resource: 'pods', verbs: ['list', 'watch'] },
  { group: '', resource: 'configmaps', verbs: ['get', 'create', 'update'] },
  {
    group: 'coordination.k8s.io',
    resource: 'leases',
    verbs: ['get', 'create', 'update', 'delete'],
  },
];

/** What it can do without, wherever it runs: it then tells less, or asks more. */
export const driverWishes: readonly Right[] = [
  { group: '', resource: 'events', verbs: ['create'] },
  // Where it may not, it asks for the rollout's record every second.
  { group: '', resource: 'configmaps', verbs: ['list', 'watch'] },
  { group: '', resource: 'services', verbs: ['get'] },
];

/** What it can do without outside of the cluster; within, it reaches pods and Services itself. */
export const outsideWishes: readonly Right[] = [
  { group: '', resource: 'pods', subresource: 'proxy', verbs: ['get'] },
  { group: '', resource: 'services', subresource: 'proxy', verbs: ['get'] },
];
