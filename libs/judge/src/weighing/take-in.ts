import { changesSince, type Change, type PodCounters } from '../counting/counters.ts';
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
  const before = new Map(state.pods.map((pod) => [pod.pod, pod]));
  const pods = remaining(before, samples, look.there);
  const requests = { canary: 0, stable: 0 };
  const tallies: PodTally[] = [];
  const changes = new Map(
    changesSince(before, state.lookedAt, samples).map((change) => [change.now.pod, change]),
  );
  for (const now of samples) {
    const [known, change] = [before.get(now.pod), changes.get(now.pod)];
    // The same sample once more, as from a source that samples less often than it is looked at.
    if (known && change && change.seconds <= 0) continue;
    const runsSince = beginOf(now, known, change);
    const isWarm = change && now.at - change.seconds * 1000 - runsSince >= warmUpSeconds * 1000;
    const tally = change && tallyOf(change, layout, isWarm === true);
    const queue = known?.release === now.release ? known.queue : [];
    pods.set(now.pod, {
      pod: now.pod,
      release: now.release,
      at: now.at,
      startedAt: now.startedAt,
      values: now.values,
      runsSince,
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
  for (const { pod } of samples) keep(pod);
  return pods;
}

/** When the pod's process began, as far as that is known. */
function beginOf(
  now: PodCounters,
  known: PodState | undefined,
  change: Change | undefined,
): number {
  const isSame = known !== undefined && known.startedAt === now.startedAt && !change?.restarted;
  return isSame ? known.runsSince : (now.startedAt ?? now.at);
}

function everyMs(known: PodState | undefined, change: Change | undefined): number | undefined {
  return known && change && Math.min(known.everyMs ?? Infinity, change.seconds * 1000);
}
