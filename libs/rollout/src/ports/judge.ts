import type { Judgement, Metric, Verdict } from '@canary/judge';

export type { Verdict } from '@canary/judge';

/** One release as it stands while it is observed. */
export interface Observed {
  /** What its pods are told apart by. */
  readonly release: string;
  readonly replicas: number;
}

/** What the judge is told before it looks for the first time in a stage, or at its gate. */
export interface JudgeContext {
  /** The rollout's id. */
  readonly rollout: string;
  readonly app: string;
  /** Index of the stage in the plan. */
  readonly stage: number;
  /**
   * When the stage began, or its gate was reached, in milliseconds since the Unix epoch; later by the time for which the
   * rollout was stopped since (paused, frozen, without a driver), so that this does not count.
   */
  readonly startedAt: number;
  readonly stable: Observed;
  readonly canary: Observed;
}

/** What one look led to. */
export interface Opinion {
  readonly verdict: Verdict;
  /**
   * Nothing blocks a promotion, there is data, and all that was counted is inside the margin, though
   * the evidence does not reach what a verdict `promote` needs. Once a gate's time is over, it may be
   * promoted for that; false where it is not said.
   */
  readonly couldPromote?: boolean;
  /** One sentence, with the metric that weighed most and its figures. */
  readonly reason: string;
  /** The figures behind the verdict, by name, such as `E` or `canary errors`. */
  readonly evidence: Readonly<Record<string, number>>;
  /** Requests answered since the look before, by release. */
  readonly requests: Readonly<Record<string, number>>;
  /** What a person should know of how it was counted, such as requests that were left out; one sentence each. */
  readonly notes?: readonly string[];
  /** All that the verdict rests on, by metric and over time, where a statistic came to it. */
  readonly judgement?: Judgement & {
    /** What each metric was counted from, such as `http_requests_total{status=~"^5"}`. */
    readonly sources: Readonly<Partial<Record<Metric, string>>>;
  };
}

/**
 * Looks at the pods and weighs what it saw. Its sums are part of the rollout's saved state: they
 * are taken after every look and handed back to a driver that resumes, so that evidence carries
 * over from stage to stage and from driver to driver.
 */
export interface Judge {
  /**
   * Called before the first look of every stage and of its gate, and again whenever `startedAt` has
   * moved, or a driver resumes in it; sums are to be kept.
   */
  begin(context: JudgeContext): void;
  /** @throws an `Error` where the source cannot be asked; it is asked again later */
  look(signal: AbortSignal): Promise<Opinion>;
  /** Everything that {@link restore} needs, as plain JSON of some kilobytes; one too large is not saved. */
  state(): unknown;
  /**
   * Goes on from what {@link state} gave, in another process perhaps.
   *
   * @throws an `Error` where it is of another shape; the judge then begins anew
   */
  restore(state: unknown): void;
}
