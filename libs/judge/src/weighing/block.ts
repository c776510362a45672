import { NOTHING, together, type Tally } from '../counting/tally.ts';
import { rank, type PodBadness } from '../formulas/rank.ts';
import type { Metric } from '../options.ts';
import { slowerThan, type LatencyView } from './latency.ts';

/** The pods of a block are ranked after so many milliseconds. */
export const BLOCK_MS = 30_000;

/** What every pod did since a block began; JSON. */
export interface Block {
  readonly since: number;
  /** Of the latency, fixed when the block began. */
  readonly thresholds: readonly number[];
  readonly pods: Readonly<Record<string, { readonly isCanary: boolean; readonly tally: Tally }>>;
}

/** One pod's part in a block. */
export interface PodTally {
  readonly pod: string;
  readonly isCanary: boolean;
  readonly tally: Tally;
}

/** The block with what pods did since. */
export function collected(block: Block, tallies: readonly PodTally[]): Block {
  const pods = { ...block.pods };
  for (const { pod, isCanary, tally } of tallies) {
    pods[pod] = { isCanary, tally: together([pods[pod]?.tally ?? NOTHING, tally]) };
  }
  return { ...block, pods };
}

/** ln e of a block that has ended, for each component of the mixture; pods without a trial are left out. */
export function rankBlock(block: Block, metric: Metric, view: LatencyView): number[] {
  const pods = Object.values(block.pods).flatMap(({ isCanary, tally }): PodBadness[] => {
    const badness = badnessOf(metric, tally, { ...view, thresholds: block.thresholds });
    return Number.isFinite(badness) ? [{ isCanary, badness }] : [];
  });
  return rank(pods);
}

/** NaN without a trial. */
function badnessOf(metric: Metric, tally: Tally, view: LatencyView): number {
  switch (metric) {
    case 'errors':
      return tally.failed / tally.requests;
    case 'restarts':
      return tally.restarts / tally.seconds;
    case 'latency': {
      const slow = view.thresholds.map((bound) => slowerThan(bound, tally, view));
      return slow.reduce((sum, [events, of]) => sum + events / of, 0);
    }
  }
}
