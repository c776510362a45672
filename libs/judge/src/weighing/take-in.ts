import { changeSince, type Change, type PodCounters } from '../counting/counters.ts';
import { queued, type PodState } from '../counting/segments.ts';
import { tallyOf, type Layout } from '../counting/tally.ts';
import type { JudgeOptions } from '../options.ts';
import type { PodTally } from './block.ts';
import type { BySide, JudgeLook, JudgeState } from './state.ts';

/** The pods after a look, and what they did since the look before. */
export interface TakenIn {
  readonly pods: ReadonlyMap<string, PodState>;
  readonly tallies: readonly PodTally[];
  readonly requests: BySide<number>;
}

/** Takes in the samples of a look: what each pod counted since its last sample waits in its queue. */
export function takeIn(
  state: JudgeState,
  look: JudgeLook,
  layout: Layout,
  { warmUpSeconds }: JudgeOptions,
): TakenIn {
  const { canary, stable } = look.releases;
  const samples = look.pods.filter(({ release }) => release === canary || release === stable);
  const before = new Map<string, PodState>();
  for (const pod of state.pods) before.set(pod.pod, pod);
  const pods = remaining(before, samples, look.there);
  const requests = { canary: 0, stable: 0 };
  const tallies: PodTally[] = [];
  for (const now of samples) {
    const known = before.get(now.pod);
    const change = changeSince(known, state.lookedAt, now);
    // The same sample once more, as from a source that samples less often than it is looked at.
    if (known && change && change.seconds <= 0) continue;
    const isFirstLook = state.lookedAt === undefined;
    const readySince = readySinceOf(now, known, {
      at: look.at,
      // The stable release had the traffic before anyone looked.
      isSettled: isFirstLook && now.release === stable,
      isNew: change !== undefined && change.restarts > 0,
    });
    const warmFrom = (readySince ?? Infinity) + warmUpSeconds * 1000;
    const isWarm = change !== undefined && now.at - change.seconds * 1000 >= warmFrom;
    const tally = change && tallyOf(change, layout, isWarm);
    const queue = known?.release === now.release ? known.queue : [];
    pods.set(now.pod, {
      pod: now.pod,
      release: now.release,
      at: now.at,
      startedAt: now.startedAt,
      values: now.values,
      restarts: now.restarts,
      readySince,
      everyMs: everyMs(known, change),
      queue: tally ? queued(queue, now.at, tally) : queue,
    });
    if (!tally) continue;
    const isCanary = now.release === canary;
    tallies.push({ pod: now.pod, isCanary, tally });
    requests[isCanary ? 'canary' : 'stable'] += tally.requests;
  }
  return { pods, tallies, requests };
}

/** Pods that are neither sampled nor there have gone, and do not come back under their name. */
function remaining(
  before: ReadonlyMap<string, PodState>,
  samples: readonly PodCounters[],
  there: readonly string[],
): Map<string, PodState> {
  const pods = new Map<string, PodState>();
  const keep = (pod: string) => {
    const state = before.get(pod);
    if (state) pods.set(pod, state);
  };
  for (const pod of there) keep(pod);
  // Most often all of them are there.
  if (pods.size < before.size) for (const { pod } of samples) keep(pod);
  return pods;
}

interface Standing {
  readonly at: number;
  readonly isSettled: boolean;
  readonly isNew: boolean;
}

/** Since when the pod is ready, as the looks show it: clocks of pods and of whoever looks may differ. */
function readySinceOf(
  { ready }: PodCounters,
  known: PodState | undefined,
  { at, isSettled, isNew }: Standing,
): number | undefined {
  if (ready === false) return undefined;
  if (isSettled) return LONG_AGO;
  return isNew ? at : (known?.readySince ?? at);
}

/** Before any warm-up that could still last. */
const LONG_AGO = -1e12;

function everyMs(known: PodState | undefined, change: Change | undefined): number | undefined {
  return known && change && Math.min(known.everyMs ?? Infinity, change.seconds * 1000);
}
