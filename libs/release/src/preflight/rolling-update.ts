import { replicasOf, type Deployment } from '../objects/deployment.ts';

/** How many pods a rolling update adds and takes away at once. */
export interface RollingUpdate {
  readonly surge: number;
  readonly unavailable: number;
}

/**
 * The figures of a Deployment's rolling update for its replicas: of percent, what is added is
 * rounded up and what is taken away down; both default to a quarter. With Recreate all go first.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#rolling-update-deployment
 */
export function rollingUpdateOf(deployment: Deployment): RollingUpdate {
  const { type, rollingUpdate = {} } = deployment.spec.strategy ?? {};
  const replicas = replicasOf(deployment);
  if (type === 'Recreate') return { surge: 0, unavailable: replicas };
  const { maxSurge = '25%', maxUnavailable = '25%' } = rollingUpdate;
  const surge = resolve(maxSurge, replicas, Math.ceil);
  const unavailable = resolve(maxUnavailable, replicas, Math.floor);
  // With neither nothing could move: Kubernetes then takes one away.
  return { surge, unavailable: surge + unavailable === 0 ? 1 : unavailable };
}

function resolve(
  amount: number | string,
  replicas: number,
  round: (value: number) => number,
): number {
  const percent = typeof amount === 'string' ? /^(\d+)%$/.exec(amount)?.[1] : undefined;
  return percent === undefined ? Number(amount) : round((Number(percent) * replicas) / 100);
}
