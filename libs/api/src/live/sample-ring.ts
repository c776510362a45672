import type { ReleaseSample, Sample } from './sample.ts';

/** The columns of one release; NaN where it has no pods, or no response times. */
export type ReleaseColumns = Readonly<Record<keyof ReleaseSample, Float32Array>>;

/** Samples as they travel to a page that has just been opened; JSON. */
export interface Backlog {
  readonly samples: readonly Sample[];
}

/** An hour of samples a second apart. */
export const RING_CAPACITY = 3600;
/** Releases that are kept at once; the one that was silent longest makes room. */
const MOST_RELEASES = 6;

/** The newest samples, in typed arrays of a fixed size: an hour of them takes no more memory than a minute. */
export class SampleRing {
  readonly capacity: number;
  readonly #at: Float64Array;
  readonly #seconds: Float32Array;
  readonly #releases = new Map<string, { columns: ReleaseColumns; lastAt: number }>();
  #next = 0;
  #length = 0;

  constructor(capacity = RING_CAPACITY) {
    this.capacity = capacity;
    this.#at = new Float64Array(capacity);
    this.#seconds = new Float32Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** Releases that have samples, in the order in which they were first seen. */
  get releases(): readonly string[] {
    return [...this.#releases.keys()];
  }

  push({ at, seconds, releases }: Sample): void {
    const index = this.#next;
    this.#at[index] = at;
    this.#seconds[index] = seconds;
    for (const { columns } of this.#releases.values()) {
      for (const column of Object.values(columns)) column[index] = Number.NaN;
    }
    for (const [name, sample] of Object.entries(releases)) {
      const slot = this.#slotOf(name);
      slot.lastAt = at;
      const { columns } = slot;
      columns.requests[index] = sample.requests;
      columns.failed[index] = sample.failed;
      columns.p50[index] = sample.p50 ?? Number.NaN;
      columns.p95[index] = sample.p95 ?? Number.NaN;
    }
    this.#next = (index + 1) % this.capacity;
    this.#length = Math.min(this.#length + 1, this.capacity);
  }

  clear(): void {
    this.#releases.clear();
    this.#next = 0;
    this.#length = 0;
  }

  /** When the sample at a position was taken; 0 is the oldest. */
  at(position: number): number {
    return this.#at[this.#index(position)]!;
  }

  /** Seconds that the sample at a position covers. */
  seconds(position: number): number {
    return this.#seconds[this.#index(position)]!;
  }

  /** One figure of a release at a position; NaN where there is none. */
  value(release: string, field: keyof ReleaseSample, position: number): number {
    return this.#releases.get(release)?.columns[field][this.#index(position)] ?? Number.NaN;
  }

  /** The sample at a position; 0 is the oldest. */
  sample(position: number): Sample {
    const releases = this.releases.flatMap((name) => {
      const requests = this.value(name, 'requests', position);
      if (Number.isNaN(requests)) return [];
      const failed = this.value(name, 'failed', position);
      const p50 = orNull(this.value(name, 'p50', position));
      const p95 = orNull(this.value(name, 'p95', position));
      return [[name, { requests, failed, p50, p95 }] as const];
    });
    const [at, seconds] = [this.at(position), rounded(this.seconds(position))];
    return { at, seconds, releases: Object.fromEntries(releases) };
  }

  /** All samples, oldest first. */
  backlog(): Backlog {
    return {
      samples: Array.from({ length: this.#length }, (_, position) => this.sample(position)),
    };
  }

  #index(position: number): number {
    return (this.#next - this.#length + position + this.capacity) % this.capacity;
  }

  #slotOf(name: string) {
    const found = this.#releases.get(name);
    if (found) return found;
    if (this.#releases.size === MOST_RELEASES) {
      const oldest = [...this.#releases].sort(([, a], [, b]) => a.lastAt - b.lastAt)[0]!;
      this.#releases.delete(oldest[0]);
    }
    const column = () => new Float32Array(this.capacity).fill(Number.NaN);
    const columns = { requests: column(), failed: column(), p50: column(), p95: column() };
    const slot = { columns, lastAt: 0 };
    this.#releases.set(name, slot);
    return slot;
  }
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : rounded(value);
}

/** A float of 32 bits without the digits that it does not have. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
