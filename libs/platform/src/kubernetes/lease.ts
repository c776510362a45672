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

/** Makes sure that only one drives a rollout. */
export interface Lease {
  /**
   * Takes the lease; one's own again, or one that its holder let run out, too.
   *
   * @throws {@link LeaseHeldError} where another holds it
   */
  acquire(): Promise<void>;
  /**
   * Holds it for `seconds` more; to be called about three times as often.
   *
   * @throws {@link LeaseHeldError} where another has taken it over: stop what it was held for
   */
  renew(): Promise<void>;
  /** Lets go of it, so that another need not wait; one that is not held is left as it is. */
  release(): Promise<void>;
}

/** Another holds the lease. */
export class LeaseHeldError extends Error {
  override readonly name = 'LeaseHeldError';
  readonly holder: string;
  readonly since: Date;

  constructor(message: string, holder: string, since: Date) {
    super(message);
    this.holder = holder;
    this.since = since;
  }
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
 * A lease on the cluster. Times are the API server's, so that machines whose clocks differ agree on
 * whether it has run out.
 */
export function lease({ cluster, name, namespace, holder, seconds }: LeaseOptions): Lease {
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

  /** Takes or keeps it unless another holds it; tries again where someone else wrote meanwhile. */
  async function hold(what: string, attempt = 1): Promise<void> {
    const found = await read(what);
    const now = cluster.now();
    if (found && isHeldByAnother(found.spec, holder, now)) throw heldError(asked(what), found.spec);
    const body = heldLease({ name, namespace, holder, seconds, now, found });
    if (await write(what, found ? 'PUT' : 'POST', body)) return;
    if (attempt < 5) return hold(what, attempt + 1);
    throw new KubernetesError(
      'conflict',
      `cannot ${asked(what)}: others write it all the time; try again`,
    );
  }

  return {
    acquire: () => hold('acquire'),
    renew: () => hold('renew'),
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

function heldError(asked: string, spec: LeaseSpec): LeaseHeldError {
  const { holderIdentity = '', acquireTime, renewTime, leaseDurationSeconds = 0 } = spec;
  const since = new Date(acquireTime ?? renewTime ?? 0);
  const why = `"${holderIdentity}" holds it since ${since.toISOString()}`;
  const remedy = `stop that one, or wait until ${leaseDurationSeconds} s after it last renewed it (${renewTime ?? 'never'})`;
  return new LeaseHeldError(`cannot ${asked}: ${why}; ${remedy}`, holderIdentity, since);
}

function failureOf(error: unknown): string | undefined {
  return error instanceof KubernetesError ? error.failure : undefined;
}
