import {
  hasEnded,
  type Look,
  type Observer,
  type PodSample,
  type Selector,
  type Target,
} from '@canary/rollout';
import type { Sight } from './shared-sight.ts';

/** Looks at what the platform says of the pods, and scrapes none: a ready pod is UP. */
export function readinessObserver(
  sight: Sight,
  selector: Selector,
  clock: () => number = Date.now,
): Observer {
  return {
    async look(): Promise<Look> {
      const at = clock();
      const pods = (await sight.list(selector)).flatMap(({ pods, release }) =>
        pods.filter((pod) => !hasEnded(pod)).map((pod) => ({ pod, release })),
      );
      const samples = pods.map(({ pod: { name, restarts, ready }, release }): PodSample => ({
        ...{ pod: name, release, at, restarts, ready },
        ...{ startedAt: undefined, series: [] },
      }));
      const targets = pods.map(({ pod, release }): Target => ({
        ...{ pod: pod.name, release, url: '' },
        health: pod.ready ? 'up' : 'down',
        error: pod.ready ? undefined : (pod.message ?? pod.reason ?? 'it is not ready'),
      }));
      return { at, samples, targets };
    },
  };
}
