import { changesSince, type Change } from '../counting/counters.ts';
import { queued, type PodState } from '../counting/rounds.ts';
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
  const pods = remaining(before, samples, look.missing);
  const requests = { canary: 0, stable: 0 };
  const tallies: PodTally[] = [];
  const changes = changesSince(before, state.lookedAt, samples);
  const counted = new Set<string>();
  for (const change of changes) {
    const { now, seconds } = change;
    counted.add(now.pod);
    // The same sample once more, as from a source that samples less often than it is looked at.
    if (seconds <= 0 && before.has(now.pod)) continue;
    const pod = sampled(now, before.get(now.pod), change);
    const isWarm = now.at - seconds * 1000 - pod.runsSince >= warmUpSeconds * 1000;
    const tally = tallyOf(change, layout, isWarm);
    pods.set(now.pod, queued(pod, now.at, tally));
    const isCanary = now.release === canary;
    tallies.push({ pod: now.pod, isCanary, tally });
    requests[isCanary ? 'canary' : 'stable'] += tally.requests;
  }
  for (const sample of samples) {
    if (!counted.has(sample.pod)) pods.set(sample.pod, sampled(sample, undefined, undefined));
  }
  return { pods, tallies, requests };
}

/** Pods that are neither sampled nor missing have gone, and do not come back under their name. */
function remaining(
  before: ReadonlyMap<string, PodState>,
  samples: JudgeLook['pods'],
  missing: readonly string[],
): Map<string, PodState> {
  const there = new Set([...samples.map(({ pod }) => pod), ...missing]);
  return new Map([...before].filter(([pod]) => there.has(pod)));
}

function sampled(
  now: JudgeLook['pods'][number],
  before: PodState | undefined,
  change: Change | undefined,
): PodState {
  const isSame = before !== undefined && before.startedAt === now.startedAt && !change?.restarted;
  const everyMs = before && change && Math.min(before.everyMs ?? Infinity, change.seconds * 1000);
  return {
    pod: now.pod,
    release: now.release,
    at: now.at,
    startedAt: now.startedAt,
    values: now.values,
    runsSince: isSame ? before.runsSince : (now.startedAt ?? now.at),
    everyMs,
    queue: before?.release === now.release ? before.queue : [],
  };
}
