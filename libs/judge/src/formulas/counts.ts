/** Events among trials on both sides in one batch: failed requests among requests, say. */
export interface Counts {
  /** Events of the canary; at most `n1` where trials are requests. */
  readonly x1: number;
  /** Trials of the canary, above 0: requests, or seconds that its pods ran. */
  readonly n1: number;
  /** Events of the stable release. */
  readonly x0: number;
  /** Trials of the stable release, above 0. */
  readonly n0: number;
}

/** A bound on the canary's probability of an event: `times * p0 + plus`, p0 being the stable release's. */
export interface Bound {
  readonly times: number;
  readonly plus: number;
}
