import type { PodCounters } from './counters.ts';
import { together, type Tally } from './tally.ts';

/** What a pod counted between two of its samples. */
export interface Segment {
  /** When the later sample was taken. */
  readonly at: number;
  readonly tally: Tally;
  /** It was part of a window before, or after, the canary's. */
  readonly usedBefore: boolean;
  readonly usedAfter: boolean;
}

/** A pod with what it counted and was not weighed yet; JSON. */
export interface PodState extends PodCounters {
  /** Since when its process is known to run, in milliseconds since the Unix epoch. */
  readonly runsSince: number;
  /** The shortest time between two samples of it so far. */
  readonly everyMs: number | undefined;
  readonly queue: readonly Segment[];
}

/** The canary's window: what its pods counted after `since`, until samples taken between `from` and `to`. */
export interface Cut {
  readonly since: number;
  readonly from: number;
  readonly to: number;
  readonly tally: Tally;
}

/** What both sides did in one window, or in several merged. */
export interface Batch {
  readonly canary: Tally;
  /** The stable pods' windows just before, and just after the canary's; the same where samples are taken at once. */
  readonly before: Tally;
  readonly after: Tally;
}

/** How far the pods of both sides are. */
export interface Rounds {
  readonly canary: readonly PodState[];
  readonly stable: readonly PodState[];
  readonly cut: Cut | undefined;
}

/** What {@link nextRound} has to know of time. */
export interface RoundOptions {
  /** Now, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly skewMs: number;
}

/** A pod that gives no sample for so many times its usual interval is not waited for. */
const PATIENCE = 3;
/** Windows of a stable pod that wait for the canary's; the oldest of more are merged. */
const QUEUE_LIMIT = 6;

/**
 * Closes the next window, if that is possible: as soon as every canary pod has a new sample, and
 * every stable pod one that is as new as those. A missing pod is waited for, so that both sides' counts cover the
 * same seconds and an outage that they share cancels out; for {@link PATIENCE} of its intervals.
 *
 * What a stable pod counted before the canary's window began is left out.
 *
 * Samples of different times, as from Prometheus: each stable pod's window before ends with its last
 * sample that is not newer than the canary's, the one after with its first that is not older. An
 * outage that begins or ends in between fills at least one of them as far as the canary's window, so
 * the smaller evidence of the two is not the outage's. It is sound, too: windows of one kind follow
 * each other without overlap, so that the product of S over those after is a supermartingale, and
 * taking the smaller factor can but lower it.
 */
export function nextRound(
  rounds: Rounds,
  { at, skewMs }: RoundOptions,
): Rounds & { readonly batch: Batch | undefined } {
  const opened = rounds.cut ? rounds : openCut(rounds, at);
  const { cut, stable } = opened;
  const isAhead = (segment: Segment) => cut !== undefined && segment.at >= cut.to - skewMs;
  const isBehind = (segment: Segment) => cut !== undefined && segment.at <= cut.from + skewMs;
  const isReady = (pod: PodState) =>
    pod.queue.some((one) => !one.usedAfter && isAhead(one)) || !isAwaited(pod, at);
  if (!cut || !stable.every(isReady)) return { ...opened, batch: undefined };

  const before: Tally[] = [];
  const after: Tally[] = [];
  const rest = stable.map((pod) => {
    let isDone = false;
    const queue = pod.queue.flatMap((segment) => {
      if (segment.at <= cut.since) return [];
      const isBefore = !segment.usedBefore && isBehind(segment);
      const isWithin = beginOf(segment) >= cut.since - skewMs || isAhead(segment);
      const isAfter = !segment.usedAfter && !isDone && isWithin;
      if (isBefore) before.push(segment.tally);
      if (isAfter) after.push(segment.tally);
      isDone ||= isAfter && isAhead(segment);
      const usedBefore = segment.usedBefore || isBefore;
      const usedAfter = segment.usedAfter || isAfter || !isWithin;
      return usedBefore && usedAfter ? [] : [{ ...segment, usedBefore, usedAfter }];
    });
    return { ...pod, queue };
  });
  return {
    canary: opened.canary,
    stable: rest,
    cut: undefined,
    batch: { canary: cut.tally, before: together(before), after: together(after) },
  };
}

/** The queue with one more segment. */
export function queued(queue: readonly Segment[], at: number, tally: Tally): readonly Segment[] {
  const longer = [...queue, { at, tally, usedBefore: false, usedAfter: false }];
  if (longer.length <= QUEUE_LIMIT) return longer;
  const same = longer.findIndex(
    (one, i) =>
      one.usedBefore === longer[i + 1]?.usedBefore && one.usedAfter === longer[i + 1]?.usedAfter,
  );
  const [one, next] = [longer[same]!, longer[same + 1]!];
  return longer.toSpliced(same, 2, { ...next, tally: together([one.tally, next.tally]) });
}

/** Both batches as one. */
export function merged(a: Batch, b: Batch): Batch {
  return {
    canary: together([a.canary, b.canary]),
    before: together([a.before, b.before]),
    after: together([a.after, b.after]),
  };
}

function openCut(rounds: Rounds, at: number): Rounds {
  const isFresh = ({ queue }: PodState) => queue.length > 0;
  const fresh = rounds.canary.filter(isFresh);
  if (fresh.length === 0) return rounds;
  if (rounds.canary.some((pod) => !isFresh(pod) && isAwaited(pod, at))) return rounds;
  const ends = fresh.map(({ queue }) => queue.at(-1)!.at);
  const segments = fresh.flatMap(({ queue }) => queue);
  return {
    canary: rounds.canary.map((pod) => (isFresh(pod) ? { ...pod, queue: [] } : pod)),
    stable: rounds.stable,
    cut: {
      since: Math.min(...segments.map(beginOf)),
      from: Math.min(...ends),
      to: Math.max(...ends),
      tally: together(segments.map(({ tally }) => tally)),
    },
  };
}

function beginOf({ at, tally }: Segment): number {
  return at - tally.seconds * 1000;
}

function isAwaited({ at, everyMs }: PodState, now: number): boolean {
  return everyMs !== undefined && now - at <= PATIENCE * everyMs;
}
