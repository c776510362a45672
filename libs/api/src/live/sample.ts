/** What one release did between two looks. */
export interface ReleaseSample {
  readonly requests: number;
  /** Those of them that failed, by the judge's rule: status 5xx, `error` and the like. */
  readonly failed: number;
  /** Response times over the last ten seconds, in seconds; null without any, or without buckets. */
  readonly p50: number | null;
  readonly p95: number | null;
}

/** What all releases did between two looks; JSON. */
export interface Sample {
  /** When the later look was taken, in milliseconds since the Unix epoch. */
  readonly at: number;
  /** Seconds since the look before. */
  readonly seconds: number;
  readonly releases: Readonly<Record<string, ReleaseSample>>;
}
