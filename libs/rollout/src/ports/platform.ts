/** A Kubernetes object as plain data; a platform runs the kinds that it knows and names those it does not. */
export interface PlatformObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
    /** Objects with which it goes. */
    readonly ownerReferences?: readonly object[];
  };
  readonly [field: string]: unknown;
}

/** Names one Deployment. */
export interface WorkloadRef {
  readonly namespace: string;
  readonly name: string;
}

/** Picks workloads by their namespace and labels, every one of which must match, and by their names where some are given. */
export interface Selector {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly names?: readonly string[];
}

/** One pod of a workload, as the platform sees it now. */
export interface Pod {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Tells pods of one template of their workload from those of another; undefined where nothing does. */
  readonly templateHash: string | undefined;
  /** The release that it is of, where the pods of one workload may be of several. */
  readonly release?: string;
  /** Where it runs; undefined until it is scheduled. */
  readonly node: string | undefined;
  /** Address and port that a scrape of it goes to, such as `10.244.1.7:5555`; undefined while it has none. */
  readonly scrapeAddress: string | undefined;
  /** Its address without a port, such as `10.244.1.7`, where every port of it is there; undefined while it has none. */
  readonly address?: string | undefined;
  /** Where its ports are, by their numbers, where they are elsewhere, such as `127.0.0.1:40123`. */
  readonly ports?: Readonly<Record<string, string>>;
  readonly phase: 'Pending' | 'Running' | 'Succeeded' | 'Failed' | 'Unknown';
  readonly ready: boolean;
  /** It was told to leave: no new connection reaches it. */
  readonly terminating: boolean;
  /** Container restarts since the pod was made. */
  readonly restarts: number;
  /** Why it is not ready, in the platform's word, such as `ImagePullBackOff` or `CrashLoopBackOff`. */
  readonly reason: string | undefined;
  /** The reason in a sentence. */
  readonly message: string | undefined;
}

/** A condition of a workload, as in a Deployment's status. */
export interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False' | 'Unknown';
  readonly reason: string | undefined;
  readonly message: string | undefined;
}

/** A Deployment with its pods. */
export interface Workload {
  readonly ref: WorkloadRef;
  readonly uid: string;
  /** Grows whenever the wanted state changes, by whomever, and only then; starts anew with the uid. */
  readonly generation: number;
  readonly labels: Readonly<Record<string, string>>;
  /** What its pods are told apart by from another release's: their label `release`. */
  readonly release: string;
  /** Replicas asked for. */
  readonly replicas: number;
  readonly readyReplicas: number;
  /** Of them all, ready or not, those made from the template as it is wanted now. */
  readonly updatedReplicas: number;
  readonly conditions: readonly Condition[];
  /** It was told to go, and is on its way out. */
  readonly deleting?: boolean;
  readonly pods: readonly Pod[];
  /** The object itself, so that a deleted workload can be built again. */
  readonly object: PlatformObject;
}

/**
 * Runs workloads. Every call is idempotent: done twice, it leaves what it left the first time.
 * A call rejects with an `Error` that names the object, what was asked and the remedy. It settles
 * within a minute, and once it has, it has no effect that it did not have before.
 */
export interface Platform {
  /** Creates the objects, or changes them to be as given, in the order given. */
  apply(objects: readonly PlatformObject[]): Promise<void>;
  /** The matching workloads with their pods, sorted by name. */
  list(selector: Selector): Promise<readonly Workload[]>;
  /**
   * Asks for that many replicas; resolves when it is asked, not when they are ready. Fewer than
   * there are: pods that are not ready leave first, as a ReplicaSet does it.
   *
   * @param uid that of the workload that is meant: another one of the same name is left alone
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/replicaset/#scaling-down
   */
  scale(workload: WorkloadRef, replicas: number, uid?: string): Promise<void>;
  /**
   * Gives a workload another pod template, which it carries out by its own rolling update; resolves
   * when it is asked. Nothing else of it is changed, nor whose its fields are.
   *
   * @param template `spec.template` as a whole
   * @param uid that of the workload that is meant
   */
  setTemplate(workload: WorkloadRef, template: unknown, uid: string): Promise<void>;
  /**
   * Removes a workload and its pods; resolves when it is asked. One that is not there is fine.
   *
   * @param uid that of the workload that is meant: another one of the same name is left alone
   */
  remove(workload: WorkloadRef, uid?: string): Promise<void>;
  /** The matching workloads now, and again after every change of one of them, until `signal` aborts. */
  watch(selector: Selector, signal: AbortSignal): AsyncIterable<readonly Workload[]>;
}
