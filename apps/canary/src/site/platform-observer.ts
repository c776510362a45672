import type { Look, Observer, PodSample, Selector } from '@canary/rollout';
import { probePathsOf } from './probe-paths.ts';
import type { Sight } from './shared-sight.ts';

/**
 * An observer whose samples say as well what the platform knows of their pods: whether they are ready,
 * how often they restarted, and where they are probed. For sources that know pods by name only.
 */
export function platformObserver(observer: Observer, sight: Sight, selector: Selector): Observer {
  return {
    async look(signal): Promise<Look> {
      const [look, workloads] = await Promise.all([observer.look(signal), sight.list(selector)]);
      const known = new Map(
        workloads.flatMap(({ pods, object }) => {
          const probePaths = probePathsOf(object);
          return pods.map(({ name, ready, restarts }) => {
            return [name, { ready, restarts, probePaths }] as const;
          });
        }),
      );
      const samples = look.samples.map((sample): PodSample => {
        const { probePaths = [], ...status } = known.get(sample.pod) ?? {};
        return { ...sample, ...status, ownPaths: [...(sample.ownPaths ?? []), ...probePaths] };
      });
      return { ...look, samples };
    },
  };
}
