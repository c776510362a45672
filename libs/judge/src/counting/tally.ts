import type { Change } from './counters.ts';

/** What one counter counts; a number is the upper bound of a bucket in seconds: requests up to it. */
export type Counted = 'answered' | 'failed' | number;

/** What a pod, or a side, did within a window. */
export interface Tally {
  /** Requests, failed ones among them. */
  readonly requests: number;
  readonly failed: number;
  /** Those of them that went to pods which had not been ready for long. */
  readonly cold: { readonly requests: number; readonly failed: number };
  /** Seconds that pods ran. */
  readonly seconds: number;
  /** Restarts of the pods' processes. */
  readonly restarts: number;
  /** Requests up to each bucket's bound, cumulative, of warm processes; by the order of {@link Layout.bounds}. */
  readonly buckets: readonly number[];
}

/** One pod's part in what its side did. */
export interface PodPart {
  readonly pod: string;
  readonly tally: Tally;
}

/** Where the counters of a look go in a tally. */
export interface Layout {
  /** The buckets' bounds in the order in which they were met. */
  readonly bounds: readonly number[];
  /** For every position: -2 and -1 are `answered` and `failed`, others an index in `bounds`. */
  readonly slots: readonly number[];
}

const ANSWERED = -2;
const FAILED = -1;

/** Nothing counted yet. */
export const NOTHING: Tally = {
  requests: 0,
  failed: 0,
  cold: { requests: 0, failed: 0 },
  seconds: 0,
  restarts: 0,
  buckets: [],
};

/** The layout that goes on from known bounds. */
export function layoutOf(counted: readonly Counted[], known: readonly number[]): Layout {
  const bounds = [...new Set([...known, ...counted.filter((one) => typeof one === 'number')])];
  const slots = counted.map((one) => {
    if (one === 'answered') return ANSWERED;
    return one === 'failed' ? FAILED : bounds.indexOf(one);
  });
  return { bounds, slots };
}

/** What a pod's counters counted, as a tally; response times only of a warm process. */
export function tallyOf(
  { delta, seconds, restarts }: Change,
  { bounds, slots }: Layout,
  isWarm: boolean,
): Tally {
  let answered = 0;
  let failed = 0;
  const buckets = new Array<number>(bounds.length).fill(0);
  for (let i = 0; i < delta.length; i++) {
    const slot = slots[i]!;
    const count = delta[i]!;
    if (slot === ANSWERED) answered += count;
    else if (slot === FAILED) failed += count;
    else buckets[slot]! += count;
  }
  return {
    requests: answered + failed,
    failed,
    cold: isWarm ? NOTHING.cold : { requests: answered + failed, failed },
    seconds,
    restarts,
    buckets: isWarm ? buckets : NOTHING.buckets,
  };
}

/** All tallies together. */
export function together(tallies: readonly Tally[]): Tally {
  const sum = { ...NOTHING, cold: { requests: 0, failed: 0 }, buckets: [] as number[] };
  for (const tally of tallies) {
    sum.requests += tally.requests;
    sum.failed += tally.failed;
    sum.cold.requests += tally.cold.requests;
    sum.cold.failed += tally.cold.failed;
    sum.seconds += tally.seconds;
    sum.restarts += tally.restarts;
    addInto(sum.buckets, tally.buckets);
  }
  return sum;
}

/** The sums of two lists, one by one; what the shorter lacks is 0. */
export function addUp(a: readonly number[], b: readonly number[]): readonly number[] {
  const sum = [...a];
  addInto(sum, b);
  return sum;
}

function addInto(sum: number[], more: readonly number[]): void {
  for (let i = 0; i < more.length; i++) sum[i] = (sum[i] ?? 0) + more[i]!;
}
