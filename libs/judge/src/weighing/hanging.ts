import type { PodCounters } from '../counting/counters.ts';
import type { PodPart } from '../counting/tally.ts';
import { NO_SPREAD, spreadWith, temper, type Spread } from './spread.ts';
import type { BySide, JudgeLook } from './state.ts';

/** What tells that requests to the canary hang: they are not among those that it has answered; JSON. */
export interface Hanging {
  /** Since when none of the canary's pods has given a sample though asked, while the stable release's did. */
  readonly silent: Stretch | undefined;
  /** Since when the canary has requests under way and completes none, while the stable release does. */
  readonly stuck: Stretch | undefined;
  /** Requests that both sides have completed in looks in which the same pods were ready, and what the canary's were to be. */
  readonly completed: BySide<number>;
  readonly due: number;
  /** ln S against "the canary completes its share", for each of {@link SHORT}. */
  readonly few: readonly number[];
  /** How unevenly the stable pods get requests. */
  readonly spread: Spread;
  /** Stands for the pods that were ready at the last look. */
  readonly ready: number;
  /** Requests under way per pod at the last look, where both sides have a gauge of them. */
  readonly inFlight: BySide<number> | undefined;
}

/** Looks in a row, and what the stable release has answered meanwhile. */
export interface Stretch {
  readonly since: number;
  readonly looks: number;
  readonly answered: number;
}

export const NOT_HANGING: Hanging = {
  silent: undefined,
  stuck: undefined,
  completed: { canary: 0, stable: 0 },
  due: 0,
  few: [],
  spread: NO_SPREAD,
  ready: 0,
  inFlight: undefined,
};

/** So long, and so many looks in a row, are no hiccup. */
const LONG_MS = 15_000;
const LOOKS = 3;
/** So many requests to the stable release show that there is traffic. */
const TRAFFIC = 20;
/** A canary that completes so much less than its share is not held up for it. */
const TOLERANCE = 0.1;
/** With one stable pod nothing tells how uneven connections are. */
const TOLERANCE_ALONE = 0.8;
/** What the canary is bet to complete, as a share of what it should at least. */
const SHORT = [0.85, 0.7, 0.4, 0.05];

/** What both sides did since the look before. */
export interface Done {
  readonly requests: BySide<number>;
  /** The stable pods with what each did. */
  readonly parts: readonly PodPart[];
}

/** What is known after one more look. */
export function hangingAfter(before: Hanging, look: JudgeLook, { requests, parts }: Done): Hanging {
  const { canary, stable } = look.releases;
  const of = (release: string) => look.pods.filter((pod) => pod.release === release);
  const [canaries, stables] = [of(canary), of(stable)];
  const unanswered = (look.unanswered ?? []).filter(({ release }) => release === canary);
  const grown = (stretch: Stretch | undefined): Stretch => ({
    since: stretch?.since ?? look.at,
    looks: (stretch?.looks ?? 0) + 1,
    answered: (stretch?.answered ?? 0) + requests.stable,
  });
  const isSilent = canaries.length === 0 && unanswered.length > 0 && stables.length > 0;
  const inFlight = inFlightOf(canaries, stables);
  const isStuck =
    requests.canary === 0 && (inFlight?.canary ?? 0) * Math.max(1, canaries.length) >= LOOKS;
  return {
    ...shareAfter(before, look, { requests, parts }),
    silent: isSilent ? grown(before.silent) : undefined,
    stuck: isStuck ? grown(before.stuck) : undefined,
    inFlight,
  };
}

/** Why the canary is taken back; undefined where it does not hang as a whole. */
export function hangs({ silent, stuck }: Hanging, at: number): 'silent' | 'stuck' | undefined {
  const isLong = (stretch: Stretch | undefined) =>
    stretch && stretch.looks >= LOOKS && at - stretch.since >= LONG_MS;
  if (isLong(stuck) && stuck!.answered >= TRAFFIC) return 'stuck';
  return isLong(silent) ? 'silent' : undefined;
}

/** Why the canary is not to be promoted, for a person; undefined where its requests come back. */
export function hangingBlocker(
  { few, completed, due, inFlight }: Hanging,
  canary: string,
  alpha: number,
): string | undefined {
  if (inFlight && inFlight.canary > 10 + 5 * inFlight.stable) {
    return `${canary} has ${Math.round(inFlight.canary)} requests under way in each pod, the stable release ${Math.round(inFlight.stable)}: requests to it seem to hang`;
  }
  const isFew = few.length > 0 && Math.max(...few) - Math.log(few.length) >= Math.log(1 / alpha);
  // Where as many are under way as elsewhere, the canary just gets fewer.
  const isAlike = inFlight !== undefined && inFlight.canary <= 2 + 2 * inFlight.stable;
  if (!isFew || isAlike) return undefined;
  const all = completed.canary + completed.stable;
  return `${canary} has completed ${completed.canary.toLocaleString('en')} of ${all.toLocaleString('en')} requests, its share would be ${Math.round(due).toLocaleString('en')}: requests to it may hang, or clients keep their connections`;
}

/** The share of completed requests, in looks over which the same pods were ready. */
function shareAfter(before: Hanging, look: JudgeLook, { requests, parts }: Done): Hanging {
  const ready = look.pods.filter((pod) => pod.ready !== false);
  const names = hashOf(ready);
  const all = requests.canary + requests.stable;
  const canaries = ready.filter(({ release }) => release === look.releases.canary).length;
  const isSame = names === before.ready && canaries > 0 && ready.length > canaries;
  if (!isSame || all <= 0) return { ...before, ready: names };
  const share = look.expectedShare ?? canaries / ready.length;
  const least = share * (1 - (ready.length - canaries > 1 ? TOLERANCE : TOLERANCE_ALONE));
  const by = temper(before.spread);
  const logs = SHORT.map((part, i) => {
    const bet = part * least;
    const logS =
      requests.canary * Math.log(bet / least) + requests.stable * Math.log((1 - bet) / (1 - least));
    return (before.few[i] ?? 0) + logS / by;
  });
  return {
    ...before,
    ready: names,
    few: logs,
    due: before.due + share * all,
    completed: {
      canary: before.completed.canary + requests.canary,
      stable: before.completed.stable + requests.stable,
    },
    spread: spreadWith(before.spread, parts, ({ requests: some, seconds }) => [
      some,
      seconds * BIG,
    ]),
  };
}

const FNV_PRIME = 0x01000193;

/** A number for a list of pods by their names, another for another list as good as always (FNV-1a). */
function hashOf(pods: readonly PodCounters[]): number {
  let hash = 0x811c9dc5;
  for (const { pod } of pods) {
    for (let i = 0; i < pod.length; i++) {
      hash = Math.imul(hash ^ pod.charCodeAt(i), FNV_PRIME);
    }
    // A zero at the end of a name keeps names apart.
    hash = Math.imul(hash, FNV_PRIME);
  }
  return hash;
}

/** Requests fall on pods by the time that they ran, and are no part of it. */
const BIG = 1e9;

function inFlightOf(
  canaries: readonly PodCounters[],
  stables: readonly PodCounters[],
): BySide<number> | undefined {
  const [canary, stable] = [meanInFlight(canaries), meanInFlight(stables)];
  return canary === undefined || stable === undefined ? undefined : { canary, stable };
}

/** Of the pods that tell; undefined where none does. */
function meanInFlight(pods: readonly PodCounters[]): number | undefined {
  let sum = 0;
  let known = 0;
  for (const { inFlight } of pods) {
    if (inFlight === undefined) continue;
    sum += inFlight;
    known++;
  }
  return known === 0 ? undefined : sum / known;
}
