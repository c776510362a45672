import type { Driver, Lock } from '@canary/rollout';
import type { Cluster } from './cluster.ts';
import { KubernetesError } from './kubernetes-error.ts';

/** A lease to be held by one at a time. */
export interface LeaseOptions {
  readonly cluster: Cluster;
  readonly name: string;
  /** It has to exist. */
  readonly namespace: string;
  /** Names who holds it, to people and to the lease; of two that use the same name both may hold it. */
  readonly holder: string;
  /** How long it is held after the last renewal. */
  readonly seconds: number;
}

/** A coordination.k8s.io/v1 Lease, as far as it is used here. */
export interface LeaseObject {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec: LeaseSpec;
}

interface LeaseSpec {
  readonly holderIdentity?: string;
  readonly leaseDurationSeconds?: number;
  readonly acquireTime?: string;
  readonly renewTime?: string;
  readonly leaseTransitions?: number;
}

/**
 * A lock that is a Lease on the cluster. Times are the API server's, so that machines whose clocks
 * differ agree on whether it has run out.
 */
export function leaseLock({ cluster, name, namespace, holder, seconds }: LeaseOptions): Lock {
  const all = `/apis/coordination.k8s.io/v1/namespaces/${encodeURIComponent(namespace)}/leases`;
  const path = `${all}/${encodeURIComponent(name)}`;
  const asked = (what: string) => `${what} Lease ${namespace}/${name}`;

  const read = (what: string) =>
    cluster.request<LeaseObject>({ asked: asked(what), path }).catch((error: unknown) => {
      if (failureOf(error) !== 'not-found') throw error;
      return undefined;
    });

  /** Whether it was written; not so where someone else was quicker. */
  const write = (what: string, method: 'POST' | 'PUT' | 'DELETE', body: unknown) =>
    cluster
      .request({ asked: asked(what), method, path: method === 'POST' ? all : path, body })
      .then(() => true)
      .catch((error: unknown) => {
        if (failureOf(error) === 'conflict') return false;
        if (failureOf(error) === 'not-found' && method !== 'POST') return false;
        throw error;
      });

  return {
    hold: async (takesOver) => {
      // Tried again where someone else wrote meanwhile.
      for (let attempt = 1; attempt <= 5; attempt++) {
        const found = await read('hold');
        const now = cluster.now();
        if (found && !takesOver && isHeldByAnother(found.spec, holder, now))
          return holderOf(found.spec, now);
        const body = heldLease({ name, namespace, holder, seconds, now, found });
        if (await write('hold', found ? 'PUT' : 'POST', body)) return undefined;
      }
      throw new KubernetesError(
        'conflict',
        `cannot ${asked('hold')}: others write it all the time; try again`,
      );
    },
    release: async () => {
      const found = await read('release');
      if (found?.spec.holderIdentity !== holder) return;
      const { uid, resourceVersion } = found.metadata;
      await write('release', 'DELETE', { preconditions: { uid, resourceVersion } });
    },
  };
}

/** The lease as held from now on; `found` is as it was. */
export function heldLease(
  to: Omit<LeaseOptions, 'cluster'> & { now: number; found: LeaseObject | undefined },
): LeaseObject {
  const { name, namespace, holder, seconds, now, found } = to;
  // The API has microseconds.
  const time = new Date(now).toISOString().replace('Z', '000Z');
  const same = found?.spec.holderIdentity === holder;
  const transitions = found?.spec.leaseTransitions ?? 0;
  return {
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: found?.metadata ?? {
      name,
      namespace,
      labels: { 'app.kubernetes.io/managed-by': 'canary' },
    },
    spec: {
      holderIdentity: holder,
      leaseDurationSeconds: seconds,
      acquireTime: (same ? found.spec.acquireTime : undefined) ?? time,
      renewTime: time,
      leaseTransitions: same || !found ? transitions : transitions + 1,
    },
  };
}

/** Whether someone else holds it at that time, in milliseconds since the Unix epoch. */
export function isHeldByAnother(spec: LeaseSpec, holder: string, now: number): boolean {
  const { holderIdentity, renewTime, leaseDurationSeconds = 0 } = spec;
  if (!holderIdentity || holderIdentity === holder || renewTime === undefined) return false;
  return Date.parse(renewTime) + leaseDurationSeconds * 1000 > now;
}

/** Who holds it, with the time of its last renewal by this machine's clock. */
function holderOf(spec: LeaseSpec, now: number): Driver {
  const { holderIdentity = '', renewTime, leaseDurationSeconds = 0 } = spec;
  const ago = now - Date.parse(renewTime ?? '');
  return {
    holder: holderIdentity,
    heartbeatAt: Date.now() - ago,
    leaseMs: leaseDurationSeconds * 1000,
  };
}

function failureOf(error: unknown): string | undefined {
  return error instanceof KubernetesError ? error.failure : undefined;
}
