import type { Workload } from '@canary/rollout';
import type { Host } from './host.ts';
import type { StoredObject } from './object-store.ts';
import { bounds, planReplicas } from './plan-replicas.ts';
import { LocalPod } from './pod.ts';
import { Progress, type ReplicaCounts } from './progress.ts';
import type { DeploymentObject } from './schema.ts';
import { podSuffix, templateHash } from './template-hash.ts';

/** What a {@link LocalDeployment} is given by its platform. */
export interface DeploymentOptions {
  readonly host: Host;
  /** All pods of the platform; the Deployment adds its own, and takes those away that ended. */
  readonly allPods: Set<LocalPod>;
  /** Called after every change of what the Deployment shows. */
  readonly changed: () => void;
}

/** A Deployment as it is wanted now: read, and as it was given. */
export interface WantedDeployment {
  readonly deployment: DeploymentObject;
  readonly stored: StoredObject;
}

interface OwnPod {
  readonly pod: LocalPod;
  readonly hash: string;
}

/** Keeps as many pods of the present template as are wanted, replacing those of earlier ones. */
export class LocalDeployment {
  readonly #options: DeploymentOptions;
  readonly #progress = new Progress();
  #wanted: WantedDeployment;
  #hash: string;
  /** The oldest first. */
  #pods: readonly OwnPod[] = [];
  #wake = new AbortController();
  #isDue = false;
  #removed = false;

  constructor(wanted: WantedDeployment, options: DeploymentOptions) {
    this.#options = options;
    this.#wanted = wanted;
    this.#hash = hashOf(wanted);
    this.#reconcile();
  }

  /** Makes this what is wanted from now on. */
  change(wanted: WantedDeployment): void {
    this.#wanted = wanted;
    this.#hash = hashOf(wanted);
    this.#reconcile();
  }

  get wanted(): WantedDeployment {
    return this.#wanted;
  }

  /** Ends all pods, and creates none any more. */
  remove(): void {
    this.#removed = true;
    this.#wake.abort();
    for (const own of this.#pods) if (!own.pod.terminating) this.#end(own);
  }

  snapshot(): Workload {
    const { deployment, stored } = this.#wanted;
    const { metadata, spec } = deployment;
    const { replicas, ready, updated } = this.#counts(this.#options.host.clock.now());
    return {
      ref: { namespace: metadata.namespace, name: metadata.name },
      uid: stored.uid,
      generation: stored.generation,
      labels: metadata.labels,
      release: spec.template.metadata.labels['release'] ?? '',
      replicas,
      readyReplicas: ready,
      updatedReplicas: updated,
      conditions: this.#progress.conditions,
      pods: this.#pods.map(({ pod, hash }) => ({ ...pod.snapshot(), templateHash: hash })),
      object: stored.object,
    };
  }

  #reconcile(): void {
    if (this.#removed) return;
    const { spec } = this.#wanted.deployment;
    // Read once: a pod that became available in between would be counted by neither look.
    const now = this.#options.host.clock.now();
    const active = this.#pods.filter(({ pod }) => !pod.terminating);
    const replicas = active.map((own) => ({
      own,
      current: own.hash === this.#hash,
      available: this.#isAvailable(own, now),
    }));
    const { create, remove } = planReplicas(spec, replicas, this.#pods.length - active.length);
    for (const { own } of remove) this.#end(own);
    for (let count = 0; count < create; count++) this.#create();
    this.#progress.update(this.#counts(now), now, spec.progressDeadlineSeconds);
    this.#options.changed();
    void this.#wakeUp(now);
  }

  /** Pods change often and several at once; they are looked at once, when all of them have. */
  #reconcileSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    queueMicrotask(() => {
      this.#isDue = false;
      this.#reconcile();
    });
  }

  /** Looks again when a pod becomes available, or the progress deadline runs out, by time alone. */
  async #wakeUp(now: number): Promise<void> {
    this.#wake.abort();
    const wake = (this.#wake = new AbortController());
    const { minReadySeconds, progressDeadlineSeconds } = this.#wanted.deployment.spec;
    const waiting = this.#pods.filter((own) => own.pod.ready && !this.#isAvailable(own, now));
    const due = waiting.map(({ pod }) => (pod.readySince ?? now) + minReadySeconds * 1000);
    const next = Math.min(...due, this.#progress.deadline(progressDeadlineSeconds) ?? Infinity);
    if (next === Infinity) return;
    await this.#options.host.clock.sleep(next - now, wake.signal);
    if (!wake.signal.aborted) this.#reconcile();
  }

  #create(): void {
    const { host, allPods } = this.#options;
    const { metadata, spec } = this.#wanted.deployment;
    const replicaSet = this.#replicaSet();
    const pod = new LocalPod({
      identity: {
        name: `${replicaSet}-${podSuffix(host.random)}`,
        namespace: metadata.namespace,
        replicaSet,
        labels: { ...spec.template.metadata.labels, 'pod-template-hash': this.#hash },
      },
      template: spec.template,
      host,
      changed: () => {
        this.#reconcileSoon();
        this.#options.changed();
      },
    });
    this.#pods = [...this.#pods, { pod, hash: this.#hash }];
    allPods.add(pod);
    pod.start();
  }

  #end(own: OwnPod): void {
    void own.pod.terminate().then(() => {
      this.#pods = this.#pods.filter((other) => other !== own);
      this.#options.allPods.delete(own.pod);
      this.#reconcileSoon();
    });
  }

  #counts(now: number): ReplicaCounts {
    const { spec } = this.#wanted.deployment;
    const replicas = spec.replicas ?? 1;
    const active = this.#pods.filter(({ pod }) => !pod.terminating);
    return {
      replicas,
      total: active.length,
      updated: active.filter(({ hash }) => hash === this.#hash).length,
      ready: active.filter(({ pod }) => pod.ready).length,
      available: active.filter((own) => this.#isAvailable(own, now)).length,
      least: leastAvailable(spec, replicas),
      replicaSet: this.#replicaSet(),
    };
  }

  #isAvailable({ pod }: OwnPod, now: number): boolean {
    const { minReadySeconds } = this.#wanted.deployment.spec;
    if (pod.readySince === undefined || !pod.ready) return false;
    return now - pod.readySince >= minReadySeconds * 1000;
  }

  #replicaSet(): string {
    return `${this.#wanted.deployment.metadata.name}-${this.#hash}`;
  }
}

function hashOf({ stored }: WantedDeployment): string {
  const { spec } = stored.object as { spec?: { template?: unknown } };
  return templateHash(spec?.template);
}

function leastAvailable({ strategy }: DeploymentObject['spec'], replicas: number): number {
  if (strategy.type === 'Recreate') return replicas;
  return replicas - bounds(strategy.rollingUpdate, replicas).unavailable;
}
