import type { Rule } from './rule.ts';
import { admission } from './rules/admission.ts';
import { antiAffinity } from './rules/anti-affinity.ts';
import { autoscaler } from './rules/autoscaler.ts';
import { canaryName } from './rules/canary-name.ts';
import { canaryNotSelected } from './rules/canary-not-selected.ts';
import { controlledBy } from './rules/controlled-by.ts';
import { disruptionBudget } from './rules/disruption-budget.ts';
import { drain } from './rules/drain.ts';
import { gitopsOwner } from './rules/gitops-owner.ts';
import { gracePeriod } from './rules/grace-period.ts';
import { helmOwner } from './rules/helm-owner.ts';
import { hostPort } from './rules/host-port.ts';
import { noService } from './rules/no-service.ts';
import { notAsked } from './rules/not-asked.ts';
import { oneReplica } from './rules/one-replica.ts';
import { podSecurity } from './rules/pod-security.ts';
import { quota } from './rules/quota.ts';
import { readiness } from './rules/readiness.ts';
import { recreate } from './rules/recreate.ts';
import { rights } from './rules/rights.ts';
import { rollingUpdate } from './rules/rolling-update.ts';
import { selectors } from './rules/selectors.ts';
import { serviceShared } from './rules/service-shared.ts';
import { sessionAffinity } from './rules/session-affinity.ts';
import { settled } from './rules/settled.ts';
import { severalServices } from './rules/several-services.ts';
import { targetPort } from './rules/target-port.ts';
import { volumeClaim } from './rules/volume-claim.ts';

/** Every rule, in the order in which findings of the same weight are told. */
export const rules: readonly Rule[] = [
  rights,
  settled,
  canaryName,
  selectors,
  volumeClaim,
  hostPort,
  canaryNotSelected,
  targetPort,
  noService,
  severalServices,
  serviceShared,
  sessionAffinity,
  readiness,
  drain,
  gracePeriod,
  recreate,
  rollingUpdate,
  oneReplica,
  antiAffinity,
  quota,
  podSecurity,
  admission,
  disruptionBudget,
  autoscaler,
  controlledBy,
  gitopsOwner,
  helmOwner,
  notAsked,
];
