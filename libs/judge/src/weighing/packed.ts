import type { PodState } from '../counting/segments.ts';
import type { JudgeState } from './state.ts';

/** The judge's state as it is saved: a pod is a list without names, so that a thousand of them stay small; JSON. */
export interface PackedState extends Omit<JudgeState, 'pods'> {
  /** By release. */
  readonly pods: Readonly<Record<string, readonly PackedPod[]>>;
}

/** Times are milliseconds before the last look; null stands for undefined. */
type PackedPod = readonly [
  pod: string,
  values: readonly number[],
  at: number,
  everyMs: number | null,
  readySince: number | null,
  startedAt: number | null,
  restarts: number | null,
  queue: PodState['queue'],
];

/** The state for whoever saves it. */
export function packed(state: JudgeState): PackedState {
  const now = state.lookedAt ?? 0;
  const pods: Record<string, PackedPod[]> = {};
  for (const one of state.pods) {
    (pods[one.release] ??= []).push([
      one.pod,
      one.values,
      now - one.at,
      one.everyMs ?? null,
      one.readySince === undefined ? null : now - one.readySince,
      one.startedAt === undefined ? null : now - one.startedAt,
      one.restarts ?? null,
      one.queue,
    ]);
  }
  return { ...state, pods };
}

/** What {@link packed} made. */
export function unpacked(state: PackedState): JudgeState {
  const now = state.lookedAt ?? 0;
  const pods = Object.entries(state.pods).flatMap(([release, some]) =>
    some.map(([pod, values, at, everyMs, readySince, startedAt, restarts, queue]): PodState => {
      const before = (ms: number | null) => (ms === null ? undefined : now - ms);
      return {
        ...{ pod, release, values, queue },
        at: now - at,
        everyMs: everyMs ?? undefined,
        readySince: before(readySince),
        startedAt: before(startedAt),
        restarts: restarts ?? undefined,
      };
    }),
  );
  return { ...state, pods };
}
