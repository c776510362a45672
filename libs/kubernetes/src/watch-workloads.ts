import { isDeepStrictEqual } from 'node:util';
import type { Selector, Workload } from '@canary/rollout';
import { systemClock } from '@canary/runtime';
import type { Deployment, PodObject } from './api-objects.ts';
import type { Cluster } from './cluster.ts';
import { follow, type Pauses } from './follow.ts';
import { corePath, deploymentsPath } from './resource-path.ts';
import { workloadsOf } from './workload.ts';
import { askedOf, labelQuery, ofNames } from './list-workloads.ts';

/** Milliseconds for which changes are gathered: one step changes a Deployment and many pods. */
const GATHER_MILLISECONDS = 50;

const patient: Pauses = { clock: systemClock, first: 200, longest: 5000 };

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
  let deployments: ReadonlyMap<string, Deployment> | undefined;
  let pods: ReadonlyMap<string, PodObject> | undefined;

  async function each<Item>(
    states: AsyncIterable<Item>,
    take: (state: Item) => void,
  ): Promise<void> {
    for await (const state of states) {
      take(state);
      bell.ring();
    }
  }
  const common = { asked, signal: inner, pauses };
  const loops = Promise.all([
    each(
      follow<Deployment>(cluster, {
        ...common,
        path: deploymentsPath(selector.namespace),
        query: labelQuery(selector),
      }),
      (state) => (deployments = state),
    ),
    each(
      follow<PodObject>(cluster, { ...common, path: corePath('pods', selector.namespace) }),
      (state) => (pods = state),
    ),
  ]);
  let failure: Error | undefined;
  // The loops end by themselves when the signal aborts.
  const over = loops.then(bell.ring, (error: unknown) => {
    failure = error as Error;
    bell.ring();
  });

  let last: readonly Workload[] | undefined;
  try {
    for (;;) {
      await bell.rung();
      if (failure) throw failure;
      await pauses.clock.sleep(GATHER_MILLISECONDS, inner);
      if (inner.aborted) return;
      if (!deployments || !pods) continue;
      const workloads = workloadsOf(ofNames(selector, [...deployments.values()]), [
        ...pods.values(),
      ]);
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
