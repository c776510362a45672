import type { HistoryEntry, RolloutSeries, Target } from '@canary/rollout';
import { offersOf, type ActionName } from './offers.ts';
import { statusView, type StatusPod, type StatusSources, type StatusView } from './status-view.ts';

/** A pod with the target that it is for a scraper. */
export interface PodView extends StatusPod {
  readonly release: string;
  /** `waiting`: it asks to be scraped and nobody has tried yet, or it does not ask. */
  readonly target: 'up' | 'down' | 'waiting';
  /** Why it is down, in one sentence. */
  readonly targetError: string | undefined;
}

/** Everything that the page shows beside what it samples; JSON. */
export interface PageView {
  /** The server's time, in milliseconds since the Unix epoch. */
  readonly now: number;
  readonly status: StatusView;
  readonly pods: readonly PodView[];
  /** The transitions of the rollout, oldest first. */
  readonly events: readonly HistoryEntry[];
  /** What the rollout's own looks showed over time. */
  readonly series: RolloutSeries | undefined;
  /** What could be asked of the rollout now. */
  readonly offers: readonly ActionName[];
  /** Nobody acts here. */
  readonly readOnly: boolean;
  /** Why what is shown may be old, such as a cluster that does not answer. */
  readonly trouble: string | undefined;
}

/** What the page is made of. */
export interface PageSources extends StatusSources {
  readonly targets: readonly Target[];
  readonly readOnly?: boolean;
  readonly trouble?: string | undefined;
}

/** The page of a rollout. */
export function pageView(sources: PageSources): PageView {
  const { record, targets, now, readOnly = false, trouble } = sources;
  const status = statusView(sources);
  return {
    now,
    status,
    pods: podsOf(status, targets),
    events: record?.history ?? [],
    series: record?.series,
    offers: readOnly ? [] : offersOf(record),
    readOnly,
    trouble,
  };
}

/** Every pod of the status with its target. */
export function podsOf(
  { workloads }: Pick<StatusView, 'workloads'>,
  targets: readonly Target[],
): readonly PodView[] {
  const byPod = new Map(targets.map((target) => [target.pod, target]));
  return workloads.flatMap(({ release, pods }) =>
    pods.map((pod) => {
      const target = byPod.get(pod.name);
      const health = target?.health ?? 'unknown';
      return {
        ...pod,
        release,
        target: health === 'unknown' ? ('waiting' as const) : health,
        targetError: target?.error,
      };
    }),
  );
}
