/** Which counter it is. */
export interface SeriesName {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

interface Known extends SeriesName {
  /** Number of its labels. */
  readonly size: number;
  /** Undefined where it is not wanted. */
  readonly position: number | undefined;
}

/**
 * Gives every wanted series a position, the same for all pods and looks, so that a sample becomes a
 * list of numbers. The order of labels does not matter, and the bounds `le` of buckets are compared
 * as numbers: Prometheus 3 writes `1.0` for `1`.
 *
 * Pods of a release expose the same series in the same order: each series is first compared with the
 * one that came after the last one found, which is several times as fast as making a key of it.
 */
export class SeriesIndex {
  /** The wanted series by position; JSON. */
  readonly series: SeriesName[] = [];
  readonly #isWanted: (series: SeriesName) => boolean;
  readonly #known: Known[] = [];
  readonly #byKey = new Map<string, number>();
  #next = 0;

  /** @param saved the `series` of an earlier index, which keep their positions */
  constructor(isWanted: (series: SeriesName) => boolean, saved: readonly SeriesName[] = []) {
    this.#isWanted = isWanted;
    for (const series of saved) this.positionOf(series);
  }

  /** The series' position; undefined where it is not wanted. */
  positionOf(series: SeriesName): number | undefined {
    let known = this.#known[this.#next];
    if (!known || !isSame(known, series)) {
      this.#next = this.#find(series);
      known = this.#known[this.#next]!;
    }
    this.#next = (this.#next + 1) % this.#known.length;
    return known.position;
  }

  #find(series: SeriesName): number {
    const key = keyOf(series);
    const found = this.#byKey.get(key);
    if (found !== undefined) return found;
    const { name, labels } = series;
    const isWanted = this.#isWanted(series);
    const size = Object.keys(labels).length;
    this.#known.push({ name, labels, size, position: isWanted ? this.series.length : undefined });
    if (isWanted) this.series.push({ name, labels });
    this.#byKey.set(key, this.#known.length - 1);
    return this.#known.length - 1;
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
