import { build, type Histogram } from 'hdr-histogram-js';
import type { FailureTimes, LatencySummary, TrafficReport, VersionReport } from './report.ts';

/** What became of one request. */
export type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly version: string }
  | { readonly kind: 'lost'; readonly code: string };

interface VersionCounts {
  requests: number;
  readonly statuses: Map<number, number>;
  failures: FailureTimes | undefined;
  readonly microseconds: Histogram;
}

/** Adds up the outcomes of a load. */
export class Counts {
  readonly #startedAt = Date.now();
  readonly #versions = new Map<string, VersionCounts>();
  readonly #lost = new Map<string, number>();
  #sent = 0;
  #answered = 0;
  #failed = 0;
  #skipped = 0;

  get inFlight(): number {
    return this.#sent - this.#answered - sum(this.#lost);
  }

  send(): void {
    this.#sent++;
  }

  skip(): void {
    this.#skipped++;
  }

  /** Counts one outcome; `ms` is the time since the request was due. */
  settle(outcome: Outcome, ms: number): void {
    if (outcome.kind === 'lost') {
      increment(this.#lost, outcome.code);
      return;
    }
    this.#answered++;
    const version = this.#version(outcome.version);
    if (outcome.status >= 500) {
      this.#failed++;
      const lastAt = Date.now();
      version.failures = { firstAt: version.failures?.firstAt ?? lastAt, lastAt };
    }
    version.requests++;
    increment(version.statuses, outcome.status);
    version.microseconds.recordValue(Math.max(1, Math.round(ms * 1000)));
  }

  report(): TrafficReport {
    const at = Date.now();
    return {
      at,
      elapsedSeconds: (at - this.#startedAt) / 1000,
      sent: this.#sent,
      answered: this.#answered,
      inFlight: this.inFlight,
      failed: this.#failed,
      networkErrors: Object.fromEntries(this.#lost),
      skipped: this.#skipped,
      versions: Object.fromEntries(
        [...this.#versions]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([name, v]) => [name, versionReport(v)]),
      ),
    };
  }

  #version(name: string): VersionCounts {
    let counts = this.#versions.get(name);
    if (!counts) {
      // Three digits from a microsecond to ten minutes, growing as needed.
      const microseconds = build({ autoResize: true, numberOfSignificantValueDigits: 3 });
      counts = { requests: 0, statuses: new Map(), failures: undefined, microseconds };
      this.#versions.set(name, counts);
    }
    return counts;
  }
}

function versionReport({
  requests,
  statuses,
  failures,
  microseconds,
}: VersionCounts): VersionReport {
  return {
    requests,
    statuses: Object.fromEntries(statuses),
    failures,
    latencyMs: latencySummary(microseconds),
  };
}

function latencySummary(microseconds: Histogram): LatencySummary {
  const ms = (percentile: number) => microseconds.getValueAtPercentile(percentile) / 1000;
  return { p50: ms(50), p95: ms(95), p99: ms(99), max: microseconds.maxValue / 1000 };
}

function increment<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function sum(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
