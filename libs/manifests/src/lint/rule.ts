import type { Path } from './model/fields.ts';
import type { Manifest } from './model/manifest.ts';
import type { Scope } from './model/scope.ts';

/** `error`: it does not work as it is written. `warning`: it works until something happens. */
export type Severity = 'error' | 'warning';

/** What people read of a rule. */
export interface RuleText {
  /** In kebab case, such as `image-tag`; people disable a rule by it. */
  readonly id: string;
  readonly severity: Severity;
  /** What the rule finds, in half a sentence. */
  readonly summary: string;
  /** What comes of it. */
  readonly why: string;
  readonly fix: string;
}

/** One place where a rule does not hold. */
export interface Problem {
  readonly manifest: Manifest;
  /** The field that it is about. */
  readonly path: Path;
  readonly message: string;
}

/** A rule that needs nothing but the objects. */
export interface Rule extends RuleText {
  readonly check: (scope: Scope) => readonly Problem[];
}

/** A rule that asks the pods that run. */
export interface LiveRule extends RuleText {
  readonly check: (scope: Scope, pods: LivePods) => Promise<readonly Problem[]>;
}

/** One pod that is annotated for scraping, and whether it answers. */
export interface LiveTarget {
  readonly pod: string;
  readonly url: string;
  /** Why it gives no metrics, in one sentence; undefined where it does. */
  readonly error: string | undefined;
}

/** The way to the pods that run. */
export interface LivePods {
  /**
   * The ready pods of a Deployment that ask to be scraped, each asked for its metrics.
   *
   * @throws an `Error` that names the cluster and the remedy, where it cannot be asked
   */
  targetsOf(deployment: Pick<Manifest, 'namespace' | 'name'>): Promise<readonly LiveTarget[]>;
}
