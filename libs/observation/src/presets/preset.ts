/**
 * How one family of metrics libraries counts requests, as data. Patterns are of whole names, `^` and `$`
 * are added.
 */
export interface Preset {
  /** For people. */
  readonly name: string;
  /** Where its names are written down, or what writes them. */
  readonly source: string;
  /** Pattern of a series that has to be there as well, where others use the same names. */
  readonly having?: string;
  /**
   * The counter of requests, or the `_count` of a histogram or summary where the library has no counter;
   * of several patterns the first that is there.
   */
  readonly requests: readonly string[];
  /**
   * Its labels that tell how a request went, the best first; any that looks like one by default. Where the
   * pattern of `requests` has a group `status`, each status has a counter of its own.
   */
  readonly status?: readonly string[];
  /** Label matchers of the series that count, where others are no user's request. */
  readonly where?: readonly string[];
  /** Histograms of response times, the best first; the rule's choice by default. */
  readonly latency?: readonly Latency[];
}

/** A histogram of response times. */
export interface Latency {
  /** Pattern of its name, without `_bucket`. */
  readonly metric: string;
  /** Where its name does not tell. */
  readonly unit?: 's' | 'ms';
}

/** Whether a name is what a pattern of a preset means, with its groups. */
export function matchOf(pattern: string, name: string): RegExpExecArray | null {
  return new RegExp(`^(?:${pattern})$`).exec(name);
}
