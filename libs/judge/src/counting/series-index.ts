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
  /** The wanted series by position. */
  readonly series: SeriesName[] = [];
  readonly #isWanted: (series: SeriesName) => boolean;
  readonly #byKey = new Map<string, Known>();
  #first: Known | undefined;

  constructor(isWanted: (series: SeriesName) => boolean) {
    this.#isWanted = isWanted;
  }

  /**
   * The values of a sample by position; NaN where a series is not exposed, and where its value is
   * none that a counter can have: negative, NaN or infinite.
   *
   * @param onBad is told each series of the latter kind
   */
  read(sample: readonly SeriesValue[], onBad?: (series: SeriesValue) => void): Float64Array {
    let values = new Float64Array(this.series.length).fill(NaN);
    let last: Known | undefined;
    for (const series of sample) {
      const guess = last ? last.following : this.#first;
      const known = guess && isSame(guess, series) ? guess : this.#find(series);
      if (last) last.following = known;
      else this.#first = known;
      last = known;
      if (known.position === undefined) continue;
      if (known.position >= values.length) values = longer(values, this.series.length);
      if (series.value >= 0 && series.value < Infinity) values[known.position] = series.value;
      else onBad?.(series);
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

/** The values with room for more, which are NaN. */
export function longer(values: Float64Array, length: number): Float64Array<ArrayBuffer> {
  const more = new Float64Array(length).fill(NaN);
  more.set(values);
  return more;
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
