import type { Observer, Series, Workload } from '@canary/rollout';

/**
 * Looks at pods that answer at every look, each within 0.1 s.
 *
 * @param failing releases that answer with 500
 * @param answers requests that every pod answers from look to look
 * @param exposes what a pod of a release exposes that has answered so many requests with that status
 */
export function fakeObserver(
  workloads: () => readonly Workload[] | Promise<readonly Workload[]>,
  failing: ReadonlySet<string>,
  answers: () => number,
  exposes: Exposes = seriesOf,
): Observer {
  const pods = new Map<string, { count: number; readonly startedAt: number }>();
  return {
    look: async () => {
      const at = Date.now();
      const there = (await workloads()).flatMap(({ release, pods }) =>
        pods.map((pod) => ({ pod: pod.name, release: pod.release ?? release })),
      );
      const samples = there.map(({ pod, release }) => {
        const counter = pods.get(pod) ?? { count: 0, startedAt: at };
        counter.count += answers();
        pods.set(pod, counter);
        const status = failing.has(release) ? '500' : '200';
        const series = exposes(counter.count, status, release);
        return { pod, release, at, startedAt: counter.startedAt, series };
      });
      const targets = there.map((one) => {
        return { ...one, url: 'http://10.0.0.1/metrics', health: 'up', error: undefined } as const;
      });
      return { at, samples, targets };
    },
  };
}

export type Exposes = (value: number, status: string, release: string) => Series[];

function seriesOf(value: number, status: string): Series[] {
  const name = 'http_request_duration_seconds_bucket';
  return [
    { name: 'http_requests_total', labels: { status }, value },
    { name, labels: { le: '0.1' }, value },
    { name, labels: { le: '+Inf' }, value },
  ];
}
