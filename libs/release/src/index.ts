/** Any Deployment as it is: the change of a release, the canary beside it, and what is in the way; pure. */
export { ReleaseError } from './errors.ts';
export { parseTarget, type Target } from './target.ts';

export { changed, compared, type Change, type Changed, type Compared } from './change/change.ts';
export { isSameTemplate } from './change/same-template.ts';
export { canaryName } from './canary/canary-name.ts';
export { canaryObject, DRAIN_S, type CanaryOptions } from './canary/canary-object.ts';
export { CANARY_ROLE, ROLE_LABEL } from './canary/role.ts';
export { releaseNameOf } from './release-name.ts';

export { readDeployment, type Deployment } from './objects/deployment.ts';
export type { PodTemplate } from './objects/pod-template.ts';
export { matches, selectorText } from './objects/selector.ts';

export type { Finding, Severity } from './preflight/finding.ts';
export { preflight } from './preflight/preflight.ts';
export type { AccessReview, DryRun, Facts, Unasked } from './preflight/facts.ts';
export type * from './objects/cluster-objects.ts';
