import type { Facts } from './facts.ts';
import type { Problem } from './finding.ts';

/** One thing that is looked at before a release. */
export interface Rule {
  /** In kebab case, such as `host-port`. */
  readonly id: string;
  readonly check: (facts: Facts) => readonly Problem[];
}
