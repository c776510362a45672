import { beginOf, type PodState, type Segment } from './segments.ts';
import { together, type Tally } from './tally.ts';

/** The canary's window, to be held against those of the stable pods that are sampled next to its end; JSON. */
export interface EarlyCut {
  readonly windows: readonly CanaryWindow[];
  readonly tally: Tally;
  /** The stable pods that were chosen, and from when on a sample ends a window of theirs. */
  readonly pods: readonly string[];
  readonly endsFrom: number;
}

/** What the counts of one canary pod cover, in milliseconds since the Unix epoch. */
interface CanaryWindow {
  readonly begin: number;
  readonly end: number;
  readonly requests: number;
}

/** What both sides did in windows that overlap. */
export interface EarlyBatch {
  readonly canary: Tally;
  readonly stable: Tally;
  /** The share of the canary's requests, at most, that fell where the stable windows do not reach. */
  readonly unseen: number;
  /** How many times as long as the canary's windows the stable ones are; at least 1. */
  readonly times: number;
}

/** What {@link openEarly} chooses from. */
export interface EarlyFacts {
  /** The canary pods with their windows. */
  readonly canary: readonly PodState[];
  readonly stable: readonly PodState[];
  readonly tally: Tally;
  /** The interval of a pod that was sampled once; infinite where none is known. */
  readonly usualMs: number;
}

/** A stable pod is next to the end of the canary's window within so much of the window's length. */
const NEAR = 1 / 3;
/** The canary may get requests so many times as often while it is unseen as while it is seen. */
const SURGE = 2;

/**
 * Chooses the stable pods that a canary's window is held against before all of them were sampled,
 * where samples differ in phase: those with a sample due within a third of the window before its
 * end, or, without any, those due soonest after it. It rests on the times of samples, never on counts.
 *
 * @returns undefined where most stable pods are sampled with the canary, as nothing is to be won then,
 *   or where no interval is known
 */
export function openEarly(
  { canary, stable, tally, usualMs }: EarlyFacts,
  skewMs: number,
): EarlyCut | undefined {
  const windows = canary.map(({ queue }): CanaryWindow => {
    const { requests } = together(queue.map((segment) => segment.tally));
    return { begin: beginOf(queue[0]!), end: queue.at(-1)!.at, requests };
  });
  const to = Math.max(...windows.map(({ end }) => end));
  const simultaneous = stable.filter(({ at }) => Math.abs(at - to) <= skewMs);
  if (2 * simultaneous.length >= stable.length || usualMs === Infinity) return undefined;
  const near = NEAR * Math.min(...windows.map(({ begin, end }) => end - begin));
  const dues = stable.map(({ pod, at, everyMs }) => {
    const every = everyMs ?? usualMs;
    const last = at + Math.floor((to + skewMs - at) / every) * every;
    // The first sample of a pod ends no window.
    const isEnd = everyMs !== undefined || last > at;
    return { pod, last: isEnd ? last : -Infinity, next: last + every };
  });
  const before = dues.filter(({ last }) => last >= to - near);
  const soonest = Math.min(...dues.map(({ next }) => next)) + skewMs;
  const chosen = before.length > 0 ? before : dues.filter(({ next }) => next <= soonest);
  return {
    windows,
    tally,
    pods: chosen.map(({ pod }) => pod),
    endsFrom: before.length > 0 ? to - near : to,
  };
}

/**
 * Closes the early window as soon as every chosen pod was sampled next to its end; one that is gone,
 * or not sampled until the canary's next window begins, spoils it: nothing takes its place.
 *
 * It is sound on its own, whatever errors all pods share and whenever those begin or end: windows of
 * one pod follow each other without overlap, the choice rests on times alone, and what the canary did
 * while no chosen pod was looked at, is allowed to have failed altogether; see `worseUnseen`. That
 * share is known from times: requests are taken to come evenly within a window, but up to
 * {@link SURGE} times as often in the unseen part, as retries do when an outage begins.
 */
export function closeEarly(
  cut: EarlyCut,
  stable: readonly PodState[],
  skewMs: number,
): { readonly stable: readonly PodState[]; readonly batch: EarlyBatch } | undefined {
  const since = Math.min(...cut.windows.map(({ begin }) => begin));
  const to = Math.max(...cut.windows.map(({ end }) => end));
  const chosen = new Set(cut.pods);
  const ends = new Map<string, number>();
  for (const { pod, queue } of stable) {
    if (!chosen.has(pod)) continue;
    const late = queue.map(({ at }) => at).filter((at) => at > cut.endsFrom - skewMs);
    const end = late.findLast((at) => at <= to + skewMs) ?? late[0];
    if (end === undefined) return undefined;
    ends.set(pod, end);
  }
  if (ends.size < chosen.size) return undefined;
  const parts: Segment[][] = [];
  const rest = stable.map((pod) => {
    const end = ends.get(pod.pod);
    if (end === undefined) return pod;
    const isPart = (one: Segment) => !one.usedEarly && one.at > since && one.at <= end;
    parts.push(pod.queue.filter(isPart));
    const queue = pod.queue.map((one) => (isPart(one) ? { ...one, usedEarly: true } : one));
    return { ...pod, queue };
  });
  const seen = parts.filter((part) => part.length > 0);
  const covers = seen.map((part) => coverOf(cut, [beginOf(part[0]!), part.at(-1)!.at], skewMs));
  return {
    stable: rest,
    batch: {
      canary: cut.tally,
      stable: together(seen.flat().map(({ tally }) => tally)),
      unseen: Math.max(0, ...covers.map(({ unseen }) => unseen)),
      times: Math.max(1, ...covers.map(({ times }) => times)),
    },
  };
}

/** How much of the canary's windows one of a stable pod leaves unseen, and how much longer it is. */
function coverOf({ windows }: EarlyCut, [from, to]: readonly [number, number], skewMs: number) {
  let unseen = 0;
  let requests = 0;
  let times = 1;
  for (const window of windows) {
    const length = window.end - window.begin;
    const gap = Math.max(0, from - window.begin) + Math.max(0, window.end - to);
    const share = gap <= skewMs ? 0 : Math.min(1, gap / length);
    unseen += (window.requests * SURGE * share) / (1 + (SURGE - 1) * share);
    requests += window.requests;
    times = Math.max(times, (to - from) / length);
  }
  return { unseen: requests === 0 ? 1 : unseen / requests, times };
}
