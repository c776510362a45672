import type { ScenarioName } from './scenarios.ts';

/** What a release is, and what it lives through. */
export interface Situation {
  /** Requests per second to all pods together. */
  readonly rate: number;
  /** Share of the stable release's requests that fail. */
  readonly base: number;
  /** Times as many of the canary's fail; infinite where all do. */
  readonly times: number;
  /** Times as long as the stable release's that the canary's responses take. */
  readonly latency: number;
  readonly scenario: ScenarioName;
}
