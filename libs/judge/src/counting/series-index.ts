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
  /** Its labels' names and values, in the order in which it was met first. */
  readonly labelNames: readonly string[];
  readonly labelValues: readonly string[];
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
  /** The values of a sample without a wanted series; a copy of it is cheaper than a new list. */
  readonly #nothing: number[] = [];
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
  read(sample: readonly SeriesValue[], onBad?: (series: SeriesValue) => void): number[] {
    const values = [...this.#nothing];
    let last: Known | undefined;
    for (const series of sample) {
      const guess = last ? last.following : this.#first;
      const known = guess && isSame(guess, series) ? guess : this.#findAfter(last, series);
      last = known;
      if (known.position === undefined) continue;
      if (known.position >= values.length) lengthen(values, this.series.length);
      if (series.value >= 0 && series.value < Infinity) values[known.position] = series.value;
      else onBad?.(series);
    }
    return values;
  }

  /** Finds a series that did not come next last time; from now on it does. */
  #findAfter(last: Known | undefined, series: SeriesName): Known {
    const known = this.#find(series);
    if (last) last.following = known;
    else this.#first = known;
    return known;
  }

  #find(series: SeriesName): Known {
    const key = keyOf(series);
    const found = this.#byKey.get(key);
    if (found) return found;
    const { name, labels } = series;
    const position = this.#isWanted(series) ? this.series.length : undefined;
    const known: Known = {
      ...{ name, labels, position, following: undefined },
      ...{ labelNames: Object.keys(labels), labelValues: Object.values(labels) },
    };
    if (position !== undefined) {
      this.series.push({ name, labels });
      this.#nothing.push(NaN);
    }
    this.#byKey.set(key, known);
    return known;
  }
}

/** Makes room for more values, which are NaN. */
export function lengthen(values: number[], length: number): void {
  while (values.length < length) values.push(NaN);
}

/** The upper bound of a histogram's bucket; NaN where the series is none. */
export function bucketBound({ labels }: SeriesName): number {
  const le = labels['le'];
  return le === '+Inf' ? Infinity : Number(le ?? NaN);
}

function isSame(known: Known, { name, labels }: SeriesName): boolean {
  if (known.name !== name) return false;
  const { labelNames, labelValues } = known;
  let size = 0;
  for (const label in labels) {
    // Labels mostly come in the same order, and a place is found faster than a name.
    const value = label === labelNames[size] ? labelValues[size] : known.labels[label];
    if (labels[label] !== value) return false;
    size++;
  }
  return size === labelNames.length;
}

function keyOf(series: SeriesName): string {
  const labels = Object.entries(series.labels).map(([label, value]) => [
    label,
    label === 'le' ? String(bucketBound(series)) : value,
  ]);
  return JSON.stringify([series.name, labels.sort(([a], [b]) => (a! < b! ? -1 : 1))]);
}
