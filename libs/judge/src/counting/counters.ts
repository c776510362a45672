/** What one pod's counters showed at one instant; JSON. */
export interface PodCounters {
  readonly pod: string;
  readonly release: string;
  /** When they were read, in milliseconds since the Unix epoch. */
  readonly at: number;
  /** When the pod's process started, in milliseconds since the Unix epoch, where that is known. */
  readonly startedAt: number | undefined;
  /**
   * Cumulative, by position: all pods and looks have the same series at the same position, new
   * ones at the end; see {@link SeriesIndex}. A series that is not exposed is 0.
   */
  readonly values: readonly number[];
  /** Restarts of the pod's process so far, where the platform tells; else they follow from `startedAt` and counters. */
  readonly restarts?: number | undefined;
  /** Whether the platform has the pod ready; undefined where that is not known. */
  readonly ready?: boolean | undefined;
  /** Requests that the pod was answering when it was sampled, where it has a gauge of them. */
  readonly inFlight?: number | undefined;
}

/** What one pod counted between two looks. */
export interface Change {
  readonly now: PodCounters;
  /** Seconds that it counted for. */
  readonly seconds: number;
  /** How often its process was replaced by another. */
  readonly restarts: number;
  /** By position, as {@link PodCounters.values}. */
  readonly delta: readonly number[];
}

/**
 * What pods counted since they were seen last, from cumulative counters.
 *
 * A pod whose counters were reset counts from zero, all its series at once: its process started
 * anew, or any of its series fell. So does a pod whose process started after the last look. One that
 * ran before gives its baseline first, and is left out. One that is missing keeps its baseline: what
 * it counts meanwhile comes with its next sample. Never PromQL's `increase()`, which extrapolates.
 *
 * @param baseline what each pod showed last
 * @param previousAt when the look before was taken; undefined for the first, where every pod gives
 *   its baseline
 */
export function changesSince(
  baseline: ReadonlyMap<string, PodCounters>,
  previousAt: number | undefined,
  pods: readonly PodCounters[],
): Change[] {
  return pods.flatMap((now) => changeSince(baseline.get(now.pod), previousAt, now) ?? []);
}

/** As {@link changesSince}, of one pod; undefined where it gives its baseline. */
export function changeSince(
  before: PodCounters | undefined,
  previousAt: number | undefined,
  now: PodCounters,
): Change | undefined {
  if (before) return changeOf(before, now);
  return isNew(now, previousAt) ? fromZero(now) : undefined;
}

function changeOf(before: PodCounters, now: PodCounters): Change {
  const isAnother = hasStartedAnew(before, now);
  const delta = differences(now.values, before.values);
  const hasFallen = delta.some((value) => value < 0);
  return {
    now,
    seconds: (now.at - before.at) / 1000,
    restarts: before.release === now.release ? restartsOf(before, now, hasFallen) : 0,
    delta: isAnother || hasFallen ? now.values : delta,
  };
}

/** Start times that are computed anew at each look differ by milliseconds. */
const START_TOLERANCE_MS = 2000;

function hasStartedAnew(before: PodCounters, now: PodCounters): boolean {
  if (before.startedAt === undefined || now.startedAt === undefined) return false;
  return now.startedAt > before.startedAt + START_TOLERANCE_MS;
}

/** As the platform counts them; else a start that is known to be another, or counters that fell. */
function restartsOf(before: PodCounters, now: PodCounters, hasFallen: boolean): number {
  if (before.restarts !== undefined && now.restarts !== undefined)
    return Math.max(0, now.restarts - before.restarts);
  const isKnown = before.startedAt !== undefined && now.startedAt !== undefined;
  return (isKnown ? hasStartedAnew(before, now) : hasFallen) ? 1 : 0;
}

/** By position; what one side lacks is 0. */
function differences(now: readonly number[], before: readonly number[]): number[] {
  const length = Math.max(now.length, before.length);
  const delta = new Array<number>(length);
  for (let i = 0; i < length; i++) delta[i] = (now[i] ?? 0) - (before[i] ?? 0);
  return delta;
}

function isNew({ startedAt }: PodCounters, previousAt: number | undefined): boolean {
  return previousAt !== undefined && startedAt !== undefined && startedAt > previousAt;
}

function fromZero(now: PodCounters): Change {
  const seconds = Math.max(0, (now.at - (now.startedAt ?? now.at)) / 1000);
  return { now, seconds, restarts: 0, delta: now.values };
}
