/** Response times in milliseconds, from the moment a request was due to its last byte. */
export interface LatencySummary {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Moments in milliseconds since the Unix epoch. */
export interface FailureTimes {
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What became of the requests that one version answered. */
export interface VersionReport {
  readonly requests: number;
  /** Requests by HTTP status code. */
  readonly statuses: Readonly<Record<string, number>>;
  /** When the first and the last answer with a status of 500 or above came; none where none did. */
  readonly failures: FailureTimes | undefined;
  readonly latencyMs: LatencySummary;
}

/**
 * The counts of a load at one moment; all of them are totals since its start.
 * `sent = answered + inFlight + sum(networkErrors)`.
 */
export interface TrafficReport {
  /** When the counts were read, in milliseconds since the Unix epoch. */
  readonly at: number;
  readonly elapsedSeconds: number;
  readonly sent: number;
  /** Requests that got a whole response, of whatever status. */
  readonly answered: number;
  readonly inFlight: number;
  /** Answered requests with a status of 500 or above. */
  readonly failed: number;
  /** Requests without a whole response, by error code, such as `ECONNREFUSED` or `TIMEOUT`. */
  readonly networkErrors: Readonly<Record<string, number>>;
  /** Requests that were due and not sent, because too many were in flight. */
  readonly skipped: number;
  /** By the version that the response names; `unknown` where it names none. */
  readonly versions: Readonly<Record<string, VersionReport>>;
}
