import type { Workload } from '@canary/rollout';
import { UsageError } from '../command.ts';
import type { Place } from '../site/with-site.ts';

/**
 * The Deployment that a command names.
 *
 * @throws {@link UsageError} where there is none
 */
export function namedDeployment({ app, site }: Place, workloads: readonly Workload[]): Workload {
  const found = workloads.find(({ ref }) => ref.name === app);
  if (found) return found;
  throw new UsageError(
    `there is no Deployment ${app} in namespace ${site.namespace}: name another one, or its namespace with -n`,
  );
}

/**
 * The Deployment that has the app's traffic: the one that was named, or else the only one with replicas.
 *
 * @throws an `Error` that names what is there instead
 */
export function findStable(
  place: Place,
  workloads: readonly Workload[],
  named: string | undefined,
): Workload {
  if (place.target) return namedDeployment(place, workloads);
  const { app, site } = place;
  const where = `Deployment labelled appname=${app} in namespace ${site.namespace}`;
  const names = workloads.map(({ ref }) => ref.name).join(', ');
  if (named !== undefined) {
    const found = workloads.find(({ ref }) => ref.name === named);
    if (found) return found;
    throw new UsageError(
      `--stable ${named}: there is no such ${where} (there: ${names || 'none'})`,
    );
  }
  const [stable, ...others] = workloads.filter(({ replicas }) => replicas > 0);
  if (!stable) {
    throw new Error(
      workloads.length === 0
        ? `there is no ${where}: see canary deploy v1, or name another app or namespace`
        : `no ${where} has replicas (there: ${names}): scale the stable one up`,
    );
  }
  if (others.length === 0) return stable;
  throw new UsageError(
    `more than one ${where} has replicas (${names}): name the one that has the traffic with --stable`,
  );
}
