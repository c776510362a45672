import type { DeploymentObject } from './schema.ts';

/** A pod that is not terminating, as far as its replacement goes. */
export interface Replica {
  /** It is of the Deployment's present template. */
  readonly current: boolean;
  /** It has been ready for `minReadySeconds`. */
  readonly available: boolean;
}

/** What brings a Deployment nearer to what it asks for. */
export interface ReplicaPlan<Given extends Replica> {
  readonly create: number;
  readonly remove: readonly Given[];
}

/**
 * The next step of a rolling update or of a scaling, as Kubernetes' Deployment controller takes it:
 * never more than `maxSurge` pods above what is asked, never fewer than `maxUnavailable` available
 * ones below; pods that are not available go first, then the youngest.
 *
 * @param pods the oldest first, without those that are terminating
 * @param leaving how many more are terminating; `Recreate` waits for them
 */
export function planReplicas<Given extends Replica>(
  { strategy, ...spec }: Pick<DeploymentObject['spec'], 'replicas' | 'strategy'>,
  pods: readonly Given[],
  leaving: number,
): ReplicaPlan<Given> {
  const replicas = spec.replicas ?? 1;
  const current = inOrderOfRemoval(pods.filter((pod) => pod.current));
  const old = inOrderOfRemoval(pods.filter((pod) => !pod.current));
  const lacking = Math.max(0, replicas - current.length);
  const remove = current.slice(0, Math.max(0, current.length - replicas));
  if (old.length === 0 && (strategy.type === 'RollingUpdate' || leaving === 0))
    return { create: lacking, remove };
  if (strategy.type === 'Recreate') return { create: 0, remove: [...remove, ...old] };

  const { surge, unavailable } = bounds(strategy.rollingUpdate, replicas);
  const create = Math.min(lacking, Math.max(0, replicas + surge - pods.length));
  const leastAvailable = replicas - unavailable;
  const availableNow = pods.filter(({ available }) => available).length;
  const newAvailable = current.filter(({ available }) => available).length;
  const spare = Math.max(0, old.length + newAvailable - leastAvailable);
  const broken = old.filter(({ available }) => !available).slice(0, spare);
  const spareAvailable = Math.max(0, availableNow - leastAvailable);
  const working = old.filter(({ available }) => available).slice(0, spareAvailable);
  return { create, remove: [...remove, ...broken, ...working] };
}

/** The bounds of a rolling update in pods; a share rounds up for the surge, down for the rest. */
export function bounds(
  { maxSurge, maxUnavailable }: DeploymentObject['spec']['strategy']['rollingUpdate'],
  replicas: number,
): { surge: number; unavailable: number } {
  const surge = Math.ceil(inPods(maxSurge, replicas));
  const unavailable = Math.floor(inPods(maxUnavailable, replicas));
  // With neither, no pod could ever be replaced.
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

function inPods(bound: number | string, replicas: number): number {
  return typeof bound === 'number' ? bound : (Number.parseInt(bound, 10) / 100) * replicas;
}

function inOrderOfRemoval<Given extends Replica>(oldestFirst: readonly Given[]): Given[] {
  const youngestFirst = oldestFirst.toReversed();
  return youngestFirst.sort((a, b) => Number(a.available) - Number(b.available));
}
