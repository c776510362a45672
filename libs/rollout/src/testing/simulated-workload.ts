import type { Pod, PlatformObject, Workload } from '../ports/platform.ts';
import { specOf } from '../record/rebuildable.ts';
import type { SimulatedPlatform } from './simulated-platform.ts';

/** How the pods of a release fare. */
export interface Health {
  /**
   * Why they are never ready, such as `ImagePullBackOff`; `slow`: no reason is given; `FailedCreate`:
   * they are not even made.
   */
  readonly reason: string | undefined;
  readonly message?: string;
}

type SimulatedPod = { -readonly [Field in keyof Pod]: Pod[Field] };

/** A Deployment of the simulated platform, with its pods. */
export class SimulatedWorkload {
  static #made = 0;
  readonly #platform: SimulatedPlatform;
  readonly #uid = `uid-${++SimulatedWorkload.#made}`;
  #generation = 1;
  #pods: SimulatedPod[] = [];
  #names = 0;
  object: PlatformObject;

  constructor(platform: SimulatedPlatform, object: PlatformObject) {
    this.#platform = platform;
    this.object = object;
    this.#reconcile();
  }

  get replicas(): number {
    return specOf(this.object)['replicas'] as number;
  }

  get release(): string {
    return this.#template().metadata?.labels?.['release'] ?? '';
  }

  get templateHash(): string {
    return JSON.stringify(this.#template());
  }

  get pods(): readonly Pod[] {
    return this.#pods;
  }

  readyPods(): number {
    return this.#staying().filter(({ ready }) => ready).length;
  }

  /** Makes its object be as given; false where it is already. */
  want(object: PlatformObject): boolean {
    if (JSON.stringify(specOf(this.object)) === JSON.stringify(specOf(object))) return false;
    this.object = object;
    this.#generation++;
    this.#reconcile();
    return true;
  }

  /** Its pods end with it. */
  end(): void {
    this.object = { ...this.object, spec: { ...specOf(this.object), replicas: 0 } };
    this.#reconcile();
  }

  /** One pod dies, and another takes its place. */
  kill(): void {
    const victim = this.#staying()[0];
    if (!victim) return;
    this.#pods = this.#pods.filter((pod) => pod !== victim);
    this.#reconcile();
  }

  /** Its pods fare differently from now on. */
  fare({ reason, message }: Health): void {
    for (const pod of this.#staying()) Object.assign(pod, { ready: false, reason, message });
    this.#platform.tell();
  }

  snapshot(namespace: string): Workload {
    const { name, labels = {} } = this.object.metadata;
    return structuredClone<Workload>({
      ref: { namespace, name },
      uid: this.#uid,
      generation: this.#generation,
      labels,
      release: this.release,
      replicas: this.replicas,
      readyReplicas: this.readyPods(),
      updatedReplicas: this.#updated().length,
      conditions: this.#refusal() ?? [],
      pods: this.#pods,
      object: {
        ...this.object,
        metadata: { ...this.object.metadata, ...{ uid: this.#uid, resourceVersion: '7' } },
        status: { readyReplicas: this.readyPods() },
      },
    });
  }

  #staying(): SimulatedPod[] {
    return this.#pods.filter(({ terminating }) => !terminating);
  }

  #updated(): SimulatedPod[] {
    return this.#staying().filter(({ templateHash }) => templateHash === this.templateHash);
  }

  #template() {
    return (specOf(this.object)['template'] ?? {}) as {
      readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
    };
  }

  /**
   * As a ReplicaSet: pods that are not ready leave first. Pods of another template are replaced one by
   * one: one more than wanted is made, and an old one leaves once all are ready.
   */
  #reconcile(): void {
    for (let { length } = this.#staying(); length < this.replicas; length++) this.#makePod();
    const isOld = ({ templateHash }: SimulatedPod) => templateHash !== this.templateHash;
    const isSteady = () => this.#staying().every(({ ready }) => ready);
    const isStuck = () => this.#staying().some((pod) => isOld(pod) && !pod.ready);
    const isRolling = this.#staying().some(isOld);
    const isFull = this.#staying().length === this.replicas;
    if (isRolling && isFull && (isSteady() || isStuck())) this.#makePod();
    const staying = this.#staying();
    const waits = isRolling && !isSteady() && !isStuck();
    const surplus = waits ? 0 : Math.max(0, staying.length - this.replicas);
    const leaving = [...staying]
      .sort((a, b) => Number(isOld(b)) - Number(isOld(a)) || Number(a.ready) - Number(b.ready))
      .slice(0, surplus);
    for (const pod of leaving) {
      pod.terminating = true;
      this.#platform.clock.after(this.#platform.fortune.drainMs, () => {
        this.#pods = this.#pods.filter((other) => other !== pod);
        this.#platform.tell();
      });
    }
    // The next one of a rolling update.
    if (leaving.length > 0 && this.#staying().some(isOld)) this.#reconcile();
    this.#platform.tell();
  }

  /** What the platform says of pods that it does not make. */
  #refusal(): Workload['conditions'] | undefined {
    const { reason, message } = this.#platform.health.get(this.release) ?? {};
    if (reason !== 'FailedCreate' || this.replicas === 0) return undefined;
    return [{ type: 'ReplicaFailure', status: 'True', reason, message }];
  }

  #makePod(): void {
    if (this.#refusal()) return;
    const pod: SimulatedPod = {
      name: `${this.object.metadata.name}-${++this.#names}`,
      labels: this.object.metadata.labels ?? {},
      annotations: {},
      templateHash: this.templateHash,
      node: 'worker',
      scrapeAddress: undefined,
      phase: 'Pending',
      ready: false,
      terminating: false,
      restarts: 0,
      reason: undefined,
      message: undefined,
    };
    this.#pods.push(pod);
    this.#platform.clock.after(this.#platform.fortune.readyMs, () => {
      const health = this.#platform.health.get(this.release);
      if (health) Object.assign(pod, { reason: health.reason, message: health.message });
      else Object.assign(pod, { ready: true, phase: 'Running' });
      this.#platform.tell();
      if (this.#updated().length < this.#staying().length) this.#reconcile();
    });
  }
}
