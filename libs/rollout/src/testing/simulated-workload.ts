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
    return this.object.metadata.labels?.['release'] ?? '';
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

  /** As a ReplicaSet: pods that are not ready leave first. */
  #reconcile(): void {
    const staying = this.#staying();
    for (let count = staying.length; count < this.replicas; count++) this.#makePod();
    const leaving = [...staying]
      .sort((a, b) => Number(a.ready) - Number(b.ready))
      .slice(0, Math.max(0, staying.length - this.replicas));
    for (const pod of leaving) {
      pod.terminating = true;
      this.#platform.clock.after(this.#platform.fortune.drainMs, () => {
        this.#pods = this.#pods.filter((other) => other !== pod);
        this.#platform.tell();
      });
    }
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
    });
  }
}
