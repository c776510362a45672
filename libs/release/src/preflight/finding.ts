/**
 * `refuse`: it cannot work. `warn`: it works, and something may be lost. `info`: it works, and not
 * everyone would expect it.
 */
export type Severity = 'refuse' | 'warn' | 'info';

/** What a rule found. */
export interface Finding {
  /** The rule's id, such as `host-port`. */
  readonly rule: string;
  readonly severity: Severity;
  /** What it is about, such as `Service shop`. */
  readonly object: string;
  /** What is there, and what comes of it. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** What a rule says of what it found. */
export type Problem = Omit<Finding, 'rule'>;
