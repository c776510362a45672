import type { Action } from '../decide/events.ts';
import type { Role } from '../plan/plan.ts';
import type { Workload } from '../ports/platform.ts';
import { specOf } from '../record/rebuildable.ts';
import { CANARY, deployment, selector, STABLE } from './objects.ts';

/** A Deployment of the model: whether each of its pods is ready. */
export interface ModelWorkload {
  readonly uid: string;
  generation: number;
  replicas: number;
  image: string;
  pods: boolean[];
}

/** A platform without time: everything happens when it is told to, in any order. */
export class Model {
  readonly workloads: Record<Role, ModelWorkload | undefined>;
  #made = 0;

  constructor(stableReplicas: number) {
    this.workloads = { stable: undefined, canary: undefined };
    this.#set('stable', stableReplicas);
    this.reconcile();
    this.allReady();
  }

  /** Gives an action its effect, as often as it comes. */
  land(action: Action): void {
    if (action.kind === 'apply') {
      const role = roleOf(action.object.metadata.name);
      this.#set(role, specOf(action.object)['replicas'] as number);
    } else if (action.kind === 'scale') {
      const role = roleOf(action.ref.name);
      if (this.workloads[role]) this.#set(role, action.replicas);
    } else if (action.kind === 'remove') {
      this.workloads[roleOf(action.ref.name)] = undefined;
    }
  }

  /** What a ReplicaSet does: pods are made and removed, those that are not ready first. */
  reconcile(): void {
    for (const workload of Object.values(this.workloads)) {
      if (!workload) continue;
      const { pods, replicas } = workload;
      const kept = [...pods].sort((a, b) => Number(b) - Number(a)).slice(0, replicas);
      workload.pods = [...kept, ...Array<boolean>(replicas - kept.length).fill(false)];
    }
  }

  allReady(): void {
    for (const workload of Object.values(this.workloads)) workload?.pods.fill(true);
  }

  oneReady(role: Role, isReady: boolean): void {
    const pods = this.workloads[role]?.pods;
    const index = pods?.indexOf(!isReady) ?? -1;
    if (pods && index >= 0) pods[index] = isReady;
  }

  /** Someone else changes a workload. */
  meddle(role: Role, how: 'scale' | 'image' | 'remove'): void {
    const workload = this.workloads[role];
    if (!workload) return;
    if (how === 'remove') this.workloads[role] = undefined;
    else workload.generation++;
    if (how === 'scale') workload.replicas++;
    if (how === 'image') workload.image += '-hotfix';
  }

  /** Replicas that are ready and stay. */
  ready(): number {
    return Object.values(this.workloads).reduce(
      (sum, workload) => sum + (workload ? Math.min(count(workload.pods), workload.replicas) : 0),
      0,
    );
  }

  asked(): number {
    return Object.values(this.workloads).reduce((sum, one) => sum + (one?.replicas ?? 0), 0);
  }

  snapshot(): Workload[] {
    return (['stable', 'canary'] as const).flatMap((role) => {
      const workload = this.workloads[role];
      return workload ? [snapshotOf(role, workload)] : [];
    });
  }

  #set(role: Role, replicas: number): void {
    const workload = this.workloads[role];
    if (!workload) {
      const uid = `uid-${++this.#made}`;
      this.workloads[role] = { uid, generation: 1, replicas, image: 'same', pods: [] };
    } else if (workload.replicas !== replicas) {
      workload.replicas = replicas;
      workload.generation++;
    }
  }
}

function roleOf(name: string): Role {
  return name === STABLE ? 'stable' : 'canary';
}

function count(pods: readonly boolean[]): number {
  return pods.filter(Boolean).length;
}

function snapshotOf(role: Role, workload: ModelWorkload): Workload {
  const name = role === 'stable' ? STABLE : CANARY;
  const { uid, generation, replicas, image, pods } = workload;
  const object = deployment(role === 'stable' ? '1' : '2', replicas);
  return {
    ref: { namespace: selector.namespace, name },
    uid,
    generation,
    labels: {},
    release: role,
    replicas,
    readyReplicas: count(pods),
    updatedReplicas: pods.length,
    conditions: [],
    pods: pods.map((ready, index) => ({
      name: `${name}-${index}`,
      labels: {},
      annotations: {},
      templateHash: image,
      node: undefined,
      scrapeAddress: undefined,
      phase: 'Running',
      ready,
      terminating: false,
      restarts: 0,
      reason: undefined,
      message: undefined,
    })),
    object: { ...object, spec: { ...specOf(object), image } },
  };
}
