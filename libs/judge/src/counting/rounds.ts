import { closeEarly, openEarly, type EarlyBatch, type EarlyCut } from './early.ts';
import { beginOf, isAwaited, PATIENCE, usualOf, type PodState, type Segment } from './segments.ts';
import { together, type PodPart, type Tally } from './tally.ts';

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
  /** What each stable pod has to do with it, just after the canary's. */
  readonly pods: readonly PodPart[];
}

/** How far the pods of both sides are. */
export interface Rounds {
  readonly canary: readonly PodState[];
  readonly stable: readonly PodState[];
  readonly cut: Cut | undefined;
  /** The canary's newest window, as long as it was not weighed early. */
  readonly early: EarlyCut | undefined;
  /** The instant that all pods were sampled at last; undefined where they are not sampled at once. */
  readonly boundary?: number | undefined;
}

/** What has become ready to be weighed. */
export interface Ready {
  readonly batch: Batch | undefined;
  readonly early: EarlyBatch | undefined;
}

/** What {@link nextRound} has to know of time. */
export interface RoundOptions {
  /** Now, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly skewMs: number;
}

/** How long a stable pod is waited for where no interval is known yet: Prometheus' own default. */
const UNKNOWN_MS = 60_000;

/**
 * Closes the next window, if that is possible: as soon as every canary pod has a new sample, and
 * every stable pod one that is as new as those. A missing pod is waited for, so that both sides' counts cover the
 * same seconds and an outage that they share cancels out; for {@link PATIENCE} of its intervals. One
 * that was sampled only once is waited for by those of the others, and only until most stable
 * pods have come: so that a first window is not held against nothing, and not up by a lost sample.
 *
 * What a stable pod counted before the canary's window began is left out.
 *
 * Samples of different times, as from Prometheus: each stable pod's window before ends with its last
 * sample that is not newer than the canary's, the one after with its first that is not older. An
 * outage that begins or ends in between fills at least one of them as far as the canary's window, so
 * the smaller evidence of the two is not the outage's. It is sound, too: windows of one kind follow
 * each other without overlap, so that the product of S over those after is a supermartingale, and
 * taking the smaller factor can but lower it.
 *
 * As that takes nearly a whole interval more, the canary's window is also given out early, to evidence
 * of its own; see `closeEarly`.
 */
export function nextRound(
  rounds: Rounds,
  { at, skewMs }: RoundOptions,
): { readonly rounds: Rounds; readonly ready: Ready } {
  const opened = rounds.cut ? rounds : openCut(rounds, { at, skewMs });
  const early = opened.early && closeEarly(opened.early, opened.stable, skewMs);
  const now = early ? { ...opened, stable: early.stable, early: undefined } : opened;
  const closed = closeCut(now, { at, skewMs });
  return {
    rounds: closed?.rounds ?? now,
    ready: { batch: closed?.batch, early: early?.batch },
  };
}

function closeCut(
  rounds: Rounds,
  { at, skewMs }: RoundOptions,
): { readonly rounds: Rounds; readonly batch: Batch } | undefined {
  const { cut, stable } = rounds;
  if (!cut) return undefined;
  const usualMs = usualOf([...rounds.canary, ...rounds.stable]);
  const isAhead = (segment: Segment) => segment.at >= cut.to - skewMs;
  const isBehind = (segment: Segment) => segment.at <= cut.from + skewMs;
  const hasCome = (pod: PodState) =>
    pod.queue.some((one) => !one.usedAfter && isAhead(one)) ||
    (pod.everyMs === undefined && pod.at >= cut.to - skewMs);
  const mostHaveCome = 2 * stable.filter(hasCome).length > stable.length;
  const isReady = (pod: PodState) =>
    hasCome(pod) ||
    (pod.everyMs === undefined && mostHaveCome) ||
    !isAwaited(pod, at, usualMs === Infinity ? UNKNOWN_MS / PATIENCE : usualMs);
  if (!stable.every(isReady)) return undefined;

  const before: Tally[] = [];
  const after: PodPart[] = [];
  const rest = stable.map((pod) => {
    let isDone = false;
    const queue = pod.queue.flatMap((segment) => {
      if (segment.at <= cut.since) return [];
      const isBefore = !segment.usedBefore && isBehind(segment);
      const isWithin = beginOf(segment) >= cut.since - skewMs || isAhead(segment);
      const isAfter = !segment.usedAfter && !isDone && isWithin;
      if (isBefore) before.push(segment.tally);
      if (isAfter) after.push({ pod: pod.pod, tally: segment.tally });
      isDone ||= isAfter && isAhead(segment);
      const usedBefore = segment.usedBefore || isBefore;
      const usedAfter = segment.usedAfter || isAfter || !isWithin;
      return usedBefore && usedAfter ? [] : [{ ...segment, usedBefore, usedAfter }];
    });
    return { ...pod, queue };
  });
  return {
    rounds: { ...rounds, stable: rest, cut: undefined },
    batch: {
      canary: cut.tally,
      before: together(before),
      after: together(after.map(({ tally }) => tally)),
      pods: after,
    },
  };
}

/** Both batches as one. */
export function merged(a: Batch, b: Batch): Batch {
  return {
    canary: together([a.canary, b.canary]),
    before: together([a.before, b.before]),
    after: together([a.after, b.after]),
    pods: [...a.pods, ...b.pods],
  };
}

function openCut(rounds: Rounds, { at, skewMs }: RoundOptions): Rounds {
  const { canary, stable } = rounds;
  const isFresh = ({ queue }: PodState) => queue.length > 0;
  const fresh = canary.filter(isFresh);
  if (fresh.length === 0) return rounds;
  if (canary.some((pod) => !isFresh(pod) && isAwaited(pod, at))) return rounds;
  const ends = fresh.map(({ queue }) => queue.at(-1)!.at);
  const segments = fresh.flatMap(({ queue }) => queue);
  const tally = together(segments.map((segment) => segment.tally));
  return {
    canary: canary.map((pod) => (isFresh(pod) ? { ...pod, queue: [] } : pod)),
    stable,
    cut: {
      since: Math.min(...segments.map(beginOf)),
      from: Math.min(...ends),
      to: Math.max(...ends),
      tally,
    },
    early: openEarly(
      { canary: fresh, stable, tally, usualMs: usualOf([...rounds.canary, ...rounds.stable]) },
      skewMs,
    ),
  };
}
