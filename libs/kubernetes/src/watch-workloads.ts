import { isDeepStrictEqual } from 'node:util';
import type { Selector, Workload } from '@canary/rollout';
import type { Deployment } from './api-objects.ts';
import type { Cluster } from './cluster.ts';
import { followPods } from './follow-pods.ts';
import { follow, patient, type Pauses } from './follow.ts';
import { deploymentsPath } from './resource-path.ts';
import { workloadsOf } from './workload.ts';
import { askedOf, deploymentQueries } from './list-workloads.ts';

/** Milliseconds for which changes are gathered: one step changes a Deployment and many pods. */
const GATHER_MILLISECONDS = 50;

/** The matching workloads now, and again after every change, until the signal aborts. */
export async function* watchWorkloads(
  cluster: Cluster,
  selector: Selector,
  signal: AbortSignal,
  pauses: Pauses = patient,
): AsyncGenerator<readonly Workload[]> {
  const ended = new AbortController();
  const inner = AbortSignal.any([signal, ended.signal]);
  const asked = askedOf(selector).replace('list', 'watch');
  const bell = newBell();
  let deployments: readonly Deployment[] | undefined;
  const common = { asked, signal: inner, pauses };
  const { namespace } = selector;
  const followed = followPods(cluster, { ...common, namespace }, bell.ring);

  async function followDeployments(): Promise<void> {
    const path = deploymentsPath(namespace);
    const states = new Map<object, readonly Deployment[]>();
    const queries = deploymentQueries(selector);
    const each = queries.map(async (query) => {
      for await (const state of follow<Deployment>(cluster, { ...common, path, query })) {
        states.set(query, [...state.values()]);
        if (states.size < queries.length) continue;
        deployments = [...states.values()].flat();
        followed.of(deployments);
        bell.ring();
      }
    });
    await Promise.all(each);
  }
  let failure: Error | undefined;
  // It ends by itself when the signal aborts.
  const over = Promise.race([followDeployments(), followed.failure]).then(
    bell.ring,
    (error: unknown) => {
      failure = error as Error;
      bell.ring();
    },
  );

  let last: readonly Workload[] | undefined;
  try {
    for (;;) {
      await bell.rung();
      if (failure) throw failure;
      await pauses.clock.sleep(GATHER_MILLISECONDS, inner);
      if (inner.aborted) return;
      const pods = followed.pods();
      if (!deployments || !pods) continue;
      const workloads = workloadsOf(deployments, pods);
      if (last && isDeepStrictEqual(workloads, last)) continue;
      last = workloads;
      yield workloads;
    }
  } finally {
    ended.abort();
    await over;
  }
}

/** A bell that remembers that it was rung, but not how often. */
function newBell() {
  let waiting: (() => void) | undefined;
  let rung = false;
  return {
    ring: () => {
      rung = true;
      waiting?.();
    },
    rung: async () => {
      if (!rung) await new Promise<void>((resolve) => (waiting = resolve));
      rung = false;
    },
  };
}
