import type { Judgement, Metric, Verdict } from '@canary/judge';

export type { Verdict } from '@canary/judge';

/** One release as it stands while it is observed. */
export interface Observed {
  /** The pods' `release` label. */
  readonly release: string;
  readonly replicas: number;
}

/** What the judge is told before it looks for the first time in a step. */
export interface JudgeContext {
  /** The rollout's id. */
  readonly rollout: string;
  readonly app: string;
  /** Index of the step in the plan. */
  readonly step: number;
  /** When the step began, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly stable: Observed;
  readonly canary: Observed;
}

/** What one look led to. */
export interface Opinion {
  readonly verdict: Verdict;
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
 * over from step to step and from driver to driver.
 */
export interface Judge {
  /** Called when a step begins, and again by a driver that resumes in it; sums are to be kept. */
  begin(context: JudgeContext): void;
  /** @throws an `Error` where the source cannot be asked; it is asked again later */
  look(signal: AbortSignal): Promise<Opinion>;
  /** Everything that {@link restore} needs, as plain JSON of some kilobytes. */
  state(): unknown;
  /** Goes on from what {@link state} gave, in another process perhaps. */
  restore(state: unknown): void;
}
