import { checkPlan } from '../plan/check-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlatformObject, Selector, Workload } from '../ports/platform.ts';
import { SCHEMA } from './migrate.ts';
import { OBJECT_LIMIT, rebuildable, specOf } from './rebuildable.ts';
import type { Resource, RolloutRecord } from './record.ts';
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
  /** What their pods are told apart by; their labels `release` by default. */
  readonly releases?: Readonly<Record<'stable' | 'canary', string>>;
  /** The pod template that the stable workload takes over; for plans in place, and for them alone. */
  readonly template?: unknown;
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
  const releases = options.releases ?? { stable: stable.release, canary: releaseOf(canary) };
  checkCanary(options, stable, releases);
  const takesOver = plan.stages.some(({ set }) => set.template !== undefined);
  if (takesOver && options.template === undefined)
    throw new StartError('the plan has a template taken over, and none is given: give it');
  const given = JSON.stringify([plan, options.judging ?? null]).length;
  if (given > START_LIMIT - OBJECT_LIMIT) {
    throw new StartError(
      `the plan and how to judge are ${given} letters of JSON, more than ${START_LIMIT - OBJECT_LIMIT}: plan fewer stages`,
    );
  }
  return {
    schema: SCHEMA,
    id,
    app,
    selector,
    plan,
    stable: {
      ...untouched,
      ref: stable.ref,
      release: releases.stable,
      object: rebuildable(stable.object, plan.stableReplicas),
      known: { uid: stable.uid, generation: stable.generation, replicas: stable.replicas },
      touched: true,
    },
    canary: {
      ...untouched,
      ref: { namespace: selector.namespace, name: canary.metadata.name },
      release: releases.canary,
      object: rebuildable(canary, 0),
    },
    ...(takesOver ? templatesOf(stable, options.template) : {}),
    direction: 'forward',
    stage: -1,
    atGate: false,
    stageStartedAt: [],
    phaseStartedAt: now,
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
    counters: { request: 0, operation: 0, listing: 0 },
    history: [],
    forgotten: 0,
    earlier: [],
    driver: undefined,
    judging: options.judging,
    judge: undefined,
  };
}

const untouched: Omit<Resource, 'ref' | 'release' | 'object'> = {
  known: undefined,
  goneUid: undefined,
  adopt: false,
  touched: false,
  operation: undefined,
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

function checkCanary(
  { workloads, canary, selector }: NewRollout,
  stable: Workload,
  releases: Readonly<Record<'stable' | 'canary', string>>,
): void {
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
  if (releases.canary === releases.stable) {
    throw new StartError(
      `the canary's pods are labelled release ${releases.stable} as the stable ones are: label them by their version`,
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

function templatesOf(stable: Workload, template: unknown) {
  const ownTemplateHash = stable.pods.find(({ ready }) => ready)?.templateHash;
  const templates = { own: specOf(stable.object)['template'], canary: template };
  return { templates, ...(ownTemplateHash === undefined ? {} : { ownTemplateHash }) };
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
