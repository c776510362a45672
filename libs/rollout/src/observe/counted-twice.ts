import type { SeriesLedger } from '@canary/judge';
import type { SeriesRules } from './judged-series.ts';

/** Series of the requests' metric that may count what all others count as well. */
interface Half {
  readonly label: string;
  readonly value: string;
  /** By pod: how far its counts, and those of the others, were at the first look, and are now. */
  readonly pods: Map<string, Standing>;
  /** Looks at which they moved. */
  moved: number;
}

interface Standing {
  readonly first: readonly [half: number, rest: number];
  now: readonly [half: number, rest: number];
}

const LOOKS = 5;
const REQUESTS = 20;
/** Pods that are watched: what one does, all of its release do. */
const PODS = 8;
/** A request may be counted in the one, and not yet in the other, when the pod is scraped. */
const APART = 1;

/**
 * Notices requests that are counted twice: where the series with some value of a label, or without
 * the label, always moved exactly as far as all others together, for at least 5 looks with at least
 * 20 requests. Examples are `quantity="before"` beside `"after"`, or a series per route beside one of
 * all routes.
 */
export class CountedTwice {
  readonly #statusLabel: string;
  readonly #requests: string;
  readonly #ledger: SeriesLedger;
  readonly #halves = new Map<string, Half>();
  readonly #apart = new Set<string>();
  readonly #pods = new Set<string>();
  readonly #positions: number[] = [];
  #classified = 0;

  constructor(ledger: SeriesLedger, { requests, statusLabel }: SeriesRules) {
    this.#ledger = ledger;
    this.#requests = requests;
    this.#statusLabel = statusLabel;
  }

  /**
   * Takes in a look's values, by the positions of the ledger's index.
   *
   * @returns what is counted twice, and the remedy; undefined where nothing is
   */
  take(values: ReadonlyMap<string, readonly number[]>): string | undefined {
    for (const pod of values.keys()) {
      if (this.#pods.size >= PODS) break;
      this.#pods.add(pod);
    }
    const moved = new Set<Half>();
    for (const pod of this.#pods) {
      const raw = values.get(pod);
      if (raw) this.#takePod(pod, raw, moved);
    }
    for (const half of moved) half.moved++;
    for (const { label, value, pods, moved } of this.#halves.values()) {
      const requests = [...pods.values()].reduce((sum, one) => sum + one.now[0] - one.first[0], 0);
      if (moved >= LOOKS && requests >= REQUESTS) return told(this.#requests, label, value);
    }
    return undefined;
  }

  #takePod(pod: string, raw: readonly number[], moved: Set<Half>): void {
    const { groups, total } = this.#sums(raw);
    for (const { label, value, sum } of groups) {
      const key = `${label}=${value}`;
      if (this.#apart.has(key) || sum === total) continue;
      const half = this.#halves.get(key) ?? halfOf(label, value);
      this.#halves.set(key, half);
      const now = [sum, total - sum] as const;
      const standing = half.pods.get(pod);
      if (!standing) {
        half.pods.set(pod, { first: now, now });
        continue;
      }
      const { first, now: before } = standing;
      if (Math.abs(now[0] - first[0] - (now[1] - first[1])) > APART) {
        this.#apart.add(key);
        this.#halves.delete(key);
        continue;
      }
      if (now[0] > before[0]) moved.add(half);
      standing.now = now;
    }
  }

  /** The sums of what a pod counts for each value of each label, `''` where it has none. */
  #sums(raw: readonly number[]) {
    const { index } = this.#ledger;
    const counted = this.#counters().filter((i) => !Number.isNaN(raw[i] ?? NaN));
    const labels = new Set(counted.flatMap((i) => Object.keys(index.series[i]!.labels)));
    labels.delete(this.#statusLabel);
    const groups = [...labels].flatMap((label) => {
      const sums = new Map<string, number>();
      for (const i of counted) {
        const value = index.series[i]!.labels[label] ?? '';
        sums.set(value, (sums.get(value) ?? 0) + raw[i]!);
      }
      return [...sums].map(([value, sum]) => ({ label, value, sum }));
    });
    return { groups, total: counted.reduce((sum, i) => sum + raw[i]!, 0) };
  }

  /** Positions of the series that count requests; the ledger but adds to them. */
  #counters(): readonly number[] {
    const { classes } = this.#ledger;
    for (; this.#classified < classes.length; this.#classified++) {
      const one = classes[this.#classified];
      if (one === 'answered' || one === 'failed') this.#positions.push(this.#classified);
    }
    return this.#positions;
  }
}

function halfOf(label: string, value: string): Half {
  return { label, value, pods: new Map(), moved: 0 };
}

function told(requests: string, label: string, value: string): string {
  const matcher = `${label}${value === '' ? '!=' : '='}"${value}"`;
  return `${requests} counts each request twice, with ${label}=${JSON.stringify(value)} and without it: leave one out by --where '${matcher}'`;
}
