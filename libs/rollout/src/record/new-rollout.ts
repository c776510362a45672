import { checkPlan } from '../plan/check-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlatformObject, Selector, Workload } from '../ports/platform.ts';
import { OBJECT_LIMIT, rebuildable, specOf } from './rebuildable.ts';
import type { RolloutRecord, Side } from './record.ts';
import { NO_SERIES } from './series.ts';

/** A rollout cannot begin as things are; the message says why and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** What a rollout begins with. */
export interface NewRollout {
  readonly id: string;
  readonly app: string;
  /** Finds both workloads, such as `appname: myapp`. */
  readonly selector: Selector;
  readonly plan: Plan;
  /** Every workload that the selector finds now. */
  readonly workloads: readonly Workload[];
  /** The Deployment that has the traffic. */
  readonly stable: string;
  /** The Deployment to be tried. */
  readonly canary: PlatformObject;
  /** How it is to be judged, for whoever drives it; plain JSON. */
  readonly judging?: unknown;
  /** Milliseconds since the Unix epoch. */
  readonly now: number;
}

/** What a rollout begins with, beyond which there is no room for what comes with it. */
const START_LIMIT = 500_000;

/**
 * The record of a rollout that is about to begin.
 *
 * @throws {@link StartError} where the workloads are not as the plan needs them
 * @throws `PlanError` where the plan is not sound
 */
export function newRollout(options: NewRollout): RolloutRecord {
  const { id, app, selector, plan, canary, now } = options;
  checkPlan(plan);
  const stable = checkedStable(options);
  checkCanary(options, stable);
  const given = JSON.stringify([plan, options.judging ?? null]).length;
  if (given > START_LIMIT - OBJECT_LIMIT) {
    throw new StartError(
      `the plan and how to judge are ${given} letters of JSON, more than ${START_LIMIT - OBJECT_LIMIT}: plan fewer steps`,
    );
  }
  return {
    schema: 1,
    id,
    app,
    selector,
    plan,
    stable: {
      ...emptySide,
      ref: stable.ref,
      release: stable.release,
      object: rebuildable(stable.object, plan.stableReplicas),
      known: { uid: stable.uid, generation: stable.generation, replicas: stable.replicas },
      touched: true,
    },
    canary: {
      ...emptySide,
      ref: { namespace: selector.namespace, name: canary.metadata.name },
      release: releaseOf(canary),
      object: rebuildable(canary, 0),
    },
    direction: 'forward',
    step: -1,
    stepStartedAt: [],
    deadlineAt: undefined,
    observation: {
      number: 0,
      dueAt: now,
      at: undefined,
      opinion: undefined,
      failure: undefined,
      requests: {},
    },
    series: NO_SERIES,
    paused: undefined,
    frozen: undefined,
    expedited: false,
    startedAt: now,
    endedAt: undefined,
    turnedBack: undefined,
    outcome: undefined,
    reason: 'not begun',
    requests: [],
    counters: { request: 0, ask: 0, listing: 0 },
    history: [],
    forgotten: 0,
    earlier: [],
    driver: undefined,
    judging: options.judging,
    judge: undefined,
  };
}

const emptySide: Omit<Side, 'ref' | 'release' | 'object'> = {
  known: undefined,
  goneUid: undefined,
  adopt: false,
  touched: false,
  ask: undefined,
  retry: undefined,
  unreadySince: undefined,
  problem: undefined,
};

function checkedStable({ workloads, stable, plan, selector }: NewRollout): Workload {
  const found = workloads.find(({ ref }) => ref.name === stable);
  if (!found) {
    const there = workloads.map(({ ref }) => ref.name).join(', ') || 'none';
    throw new StartError(
      `no workload ${stable} in namespace ${selector.namespace} (there: ${there}): name the one that has the traffic`,
    );
  }
  if (found.replicas !== plan.stableReplicas || found.readyReplicas < found.replicas) {
    throw new StartError(
      `${stable} has ${found.readyReplicas} ready of ${found.replicas} replicas, the plan says ${plan.stableReplicas}: wait until it is ready, or plan anew`,
    );
  }
  return found;
}

function checkCanary({ workloads, canary, selector }: NewRollout, stable: Workload): void {
  const { name, namespace = selector.namespace } = canary.metadata;
  if (name === stable.ref.name) {
    throw new StartError(
      `the canary is named ${name} as the stable workload is: give it a name of its own`,
    );
  }
  if (namespace !== selector.namespace) {
    throw new StartError(
      `the canary's namespace ${namespace} is not ${selector.namespace}, the stable workload's: put both into one`,
    );
  }
  if (releaseOf(canary) === stable.release) {
    throw new StartError(
      `the canary's pods are labelled release ${stable.release} as the stable ones are: label them by their version`,
    );
  }
  const there = workloads.find(({ ref }) => ref.name === name);
  if (there && there.replicas > 0) {
    throw new StartError(
      `${name} is there already, with ${there.replicas} replicas: remove it, or abort the release that made it`,
    );
  }
  const size = JSON.stringify([canary, stable.object]).length;
  if (size > OBJECT_LIMIT) {
    throw new StartError(
      `${name} and ${stable.ref.name} are ${size} letters of JSON, more than ${OBJECT_LIMIT}: move large values into a ConfigMap`,
    );
  }
}

function releaseOf(object: PlatformObject): string {
  const { template } = specOf(object) as {
    template?: { metadata?: { labels?: Readonly<Record<string, string>> } };
  };
  const release = template?.metadata?.labels?.['release'];
  if (release === undefined) {
    throw new StartError(
      `${object.metadata.name}: its pods have no label release: add it to spec.template.metadata.labels`,
    );
  }
  return release;
}
