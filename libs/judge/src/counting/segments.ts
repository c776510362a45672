import type { PodCounters } from './counters.ts';
import { together, type Tally } from './tally.ts';

/** What a pod counted between two of its samples. */
export interface Segment {
  /** When the later sample was taken. */
  readonly at: number;
  readonly tally: Tally;
  /** It was part of a window before, or after, the canary's, or of an early one; saved states may lack the last. */
  readonly usedBefore: boolean;
  readonly usedAfter: boolean;
  readonly usedEarly?: boolean;
}

/** A pod with what it counted and was not weighed yet; JSON. */
export interface PodState extends PodCounters {
  /** Since when it is known to be ready, on the clock of the looks; undefined while it is not. */
  readonly readySince: number | undefined;
  /** The shortest time between two samples of it so far. */
  readonly everyMs: number | undefined;
  readonly queue: readonly Segment[];
}

/** Windows of a stable pod that wait for the canary's; the oldest of more are merged. */
const QUEUE_LIMIT = 6;

/** The queue with one more segment. */
export function queued(queue: readonly Segment[], at: number, tally: Tally): readonly Segment[] {
  const longer = [...queue, { at, tally, usedBefore: false, usedAfter: false, usedEarly: false }];
  if (longer.length <= QUEUE_LIMIT) return longer;
  const same = longer.findIndex((one, i) => isUsedAs(one, longer[i + 1]));
  const [one, next] = [longer[same]!, longer[same + 1]!];
  return longer.toSpliced(same, 2, { ...next, tally: together([one.tally, next.tally]) });
}

/** When the earlier of the segment's two samples was taken. */
export function beginOf({ at, tally }: Segment): number {
  return at - tally.seconds * 1000;
}

function isUsedAs(one: Segment, next: Segment | undefined): boolean {
  return (
    one.usedBefore === next?.usedBefore &&
    one.usedAfter === next.usedAfter &&
    (one.usedEarly ?? false) === (next.usedEarly ?? false)
  );
}

/** A pod that gives no sample for so many times its usual interval is not waited for. */
export const PATIENCE = 3;

/** The shortest interval of any of the pods; infinite where none is known. */
export function usualOf(pods: readonly PodState[]): number {
  return pods.reduce((least, { everyMs = Infinity }) => Math.min(least, everyMs), Infinity);
}

/**
 * Whether a pod's next sample is waited for.
 *
 * @param usualMs the interval of one that was sampled once; it is not waited for without
 */
export function isAwaited({ at, everyMs }: PodState, now: number, usualMs?: number): boolean {
  const every = everyMs ?? usualMs;
  return every !== undefined && now - at <= PATIENCE * every;
}
