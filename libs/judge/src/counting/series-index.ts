/** Which counter it is. */
export interface SeriesName {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** One series with what it shows. */
export interface SeriesValue extends SeriesName {
  readonly value: number;
}

interface Known extends SeriesName {
  /** Number of its labels. */
  readonly size: number;
  /** Undefined where it is not wanted. */
  readonly position: number | undefined;
  /** What came after it last time. */
  following: Known | undefined;
}

/**
 * Gives every wanted series a position, the same for all pods and looks, so that a sample becomes a
 * list of numbers. The order of labels does not matter, and the bounds `le` of buckets are compared
 * as numbers: Prometheus 3 writes `1.0` for `1`.
 *
 * Pods of a release expose the same series in the same order: each series is first compared with the
 * one that followed last time, which is several times as fast as making a key of it.
 */
export class SeriesIndex {
  /** The wanted series by position; JSON. */
  readonly series: SeriesName[] = [];
  readonly #isWanted: (series: SeriesName) => boolean;
  readonly #byKey = new Map<string, Known>();
  #first: Known | undefined;

  /** @param saved the `series` of an earlier index, which keep their positions */
  constructor(isWanted: (series: SeriesName) => boolean, saved: readonly SeriesName[] = []) {
    this.#isWanted = isWanted;
    for (const series of saved) this.#find(series);
  }

  /**
   * The values of a sample by position; 0 where a series is not exposed.
   *
   * @param exposed is set at each position that has a series
   */
  valuesOf(sample: readonly SeriesValue[], exposed: boolean[] = []): number[] {
    const values = new Array<number>(this.series.length).fill(0);
    let last: Known | undefined;
    for (const series of sample) {
      const guess = last ? last.following : this.#first;
      const known = guess && isSame(guess, series) ? guess : this.#find(series);
      if (last) last.following = known;
      else this.#first = known;
      last = known;
      if (known.position === undefined) continue;
      // A series that was not known yet comes last.
      values[known.position] = series.value;
      exposed[known.position] = true;
    }
    return values;
  }

  #find(series: SeriesName): Known {
    const key = keyOf(series);
    const found = this.#byKey.get(key);
    if (found) return found;
    const { name, labels } = series;
    const position = this.#isWanted(series) ? this.series.length : undefined;
    const size = Object.keys(labels).length;
    const known = { name, labels, size, position, following: undefined };
    if (position !== undefined) this.series.push({ name, labels });
    this.#byKey.set(key, known);
    return known;
  }
}

/** The upper bound of a histogram's bucket; NaN where the series is none. */
export function bucketBound({ labels }: SeriesName): number {
  const le = labels['le'];
  return le === '+Inf' ? Infinity : Number(le ?? NaN);
}

function isSame(known: Known, { name, labels }: SeriesName): boolean {
  if (known.name !== name) return false;
  let size = 0;
  for (const label in labels) {
    if (labels[label] !== known.labels[label]) return false;
    size++;
  }
  return size === known.size;
}

function keyOf(series: SeriesName): string {
  const labels = Object.entries(series.labels).map(([label, value]) => [
    label,
    label === 'le' ? String(bucketBound(series)) : value,
  ]);
  return JSON.stringify([series.name, labels.sort(([a], [b]) => (a! < b! ? -1 : 1))]);
}
