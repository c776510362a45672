/** What one counter counts; a number is the upper bound of a bucket in seconds: requests up to it. */
export type Counted = 'answered' | 'failed' | number;

/** What a pod, or a side, did within a window. */
export interface Tally {
  /** Requests, failed ones among them. */
  readonly requests: number;
  readonly failed: number;
  /** Seconds that pods ran. */
  readonly seconds: number;
  /** Restarts of the pods' processes. */
  readonly restarts: number;
  /** Requests up to each bucket's bound, cumulative, of warm processes; by the order of {@link Layout.bounds}. */
  readonly buckets: readonly number[];
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
export const NOTHING: Tally = { requests: 0, failed: 0, seconds: 0, restarts: 0, buckets: [] };

/** The layout that goes on from known bounds. */
export function layoutOf(counted: readonly Counted[], known: readonly number[]): Layout {
  const bounds = [...new Set([...known, ...counted.filter((one) => typeof one === 'number')])];
  const slots = counted.map((one) => {
    if (one === 'answered') return ANSWERED;
    return one === 'failed' ? FAILED : bounds.indexOf(one);
  });
  return { bounds, slots };
}

/** What a pod's counters counted, as a tally without seconds and restarts. */
export function tallyOf(delta: readonly number[], { bounds, slots }: Layout): Tally {
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
  return { ...NOTHING, requests: answered + failed, failed, buckets };
}

/** Both tallies together. */
export function together(a: Tally, b: Tally): Tally {
  return {
    requests: a.requests + b.requests,
    failed: a.failed + b.failed,
    seconds: a.seconds + b.seconds,
    restarts: a.restarts + b.restarts,
    buckets: addUp(a.buckets, b.buckets),
  };
}

/** The sums of two lists, one by one; what the shorter lacks is 0. */
export function addUp(a: readonly number[], b: readonly number[]): readonly number[] {
  if (b.length > a.length) return addUp(b, a);
  return b.length === 0 ? a : a.map((value, i) => value + (b[i] ?? 0));
}
