import type { ResourceQuota } from '../../objects/cluster-objects.ts';
import { replicasOf } from '../../objects/deployment.ts';
import { quantity, quantityText } from '../../objects/quantity.ts';
import type { Facts } from '../facts.ts';
import type { Problem } from '../finding.ts';
import { podNeeds, type PodNeeds } from '../pod-needs.ts';
import { isInScope } from '../quota-scope.ts';
import { rollingUpdateOf } from '../rolling-update.ts';
import type { Rule } from '../rule.ts';

/** A quota without room for the canary's pods, or for what a rolling update adds beside them. */
export const quota: Rule = {
  id: 'quota',
  check: (facts) => {
    const needs = podNeeds(facts.canary.spec.template, facts.limitRanges);
    return facts.quotas
      .filter((one) => isInScope(one, facts.canary.spec.template, needs))
      .flatMap((one) => problemsOf(one, facts, needs));
  },
};

function problemsOf({ metadata, spec, status }: ResourceQuota, facts: Facts, needs: PodNeeds) {
  const hard = status?.hard ?? spec?.hard ?? {};
  const object = `ResourceQuota ${metadata.name}`;
  return Object.entries(hard).flatMap(([resource, limit]): Problem[] => {
    const kind = kindOf(resource);
    if (kind && needs.unsaid[kind.of].has(kind.name)) return [unsaid(object, resource, kind)];
    const each = kind ? (needs[kind.of].get(kind.name) ?? 0) : isPods(resource) ? 1 : 0;
    const used = quantity(status?.used?.[resource] ?? 0) ?? 0;
    const free = (quantity(limit) ?? Infinity) - used;
    const text = (amount: number) => quantityText(amount, resource);
    const made = MADE[resource] ?? 0;
    if (made > free)
      return [
        {
          severity: 'refuse',
          object,
          message: `the release makes ${resource} of ${made}, and ${text(Math.max(0, free))} of ${String(limit)} is left`,
          remedy: `have ${resource} raised by ${text(made - free)}, or delete what nobody needs`,
        },
      ];
    return roomFor(facts, each, free).map(({ severity, pods, what }) => {
      return {
        severity,
        object,
        message: `${what} need ${resource} of ${text(each * pods)}, and ${text(Math.max(0, free))} of ${String(limit)} is left`,
        remedy: `have ${resource} raised by ${text(each * pods - free)}, ask for less in the template, or give the canary fewer replicas`,
      };
    });
  });
}

/** What a release makes once, whatever the replicas: the canary and its ReplicaSet, and a new one of the Deployment's. */
const MADE: Readonly<Record<string, number>> = {
  'count/deployments.apps': 1,
  'count/replicasets.apps': 2,
};

/** Sums of halves and tenths are not exact. */
const ROUNDING = 1e-9;

function roomFor({ canary, deployment }: Facts, each: number, free: number) {
  const own = replicasOf(canary);
  const { surge, unavailable } = rollingUpdateOf(deployment);
  const isEnough = (pods: number) => each * pods <= free * (1 + ROUNDING) + ROUNDING;
  if (each === 0 || isEnough(own + surge)) return [];
  if (!isEnough(own))
    return [{ severity: 'refuse' as const, pods: own, what: `the canary's pods (${own})` }];
  // Without room to add one, an update goes on by taking one away, if it may.
  return [
    {
      severity: unavailable > 0 ? ('warn' as const) : ('refuse' as const),
      pods: own + surge,
      what: `the canary's pods (${own}) and those that the rolling update of Deployment ${deployment.metadata.name} adds (${surge})`,
    },
  ];
}

function unsaid(object: string, resource: string, kind: Kind): Problem {
  return {
    severity: 'refuse',
    object,
    message: `it limits ${resource}, and a container of the new pods says nothing of it: Kubernetes makes no such pod`,
    remedy: `set resources.${kind.of}.${kind.name} for each container, or have a LimitRange give a default`,
  };
}

interface Kind {
  readonly of: 'requests' | 'limits';
  readonly name: string;
}

/** What of a pod a quota's resource counts; `cpu` and `memory` alone are requests. */
function kindOf(resource: string): Kind | undefined {
  if (['cpu', 'memory', 'ephemeral-storage'].includes(resource))
    return { of: 'requests', name: resource };
  const [of, ...rest] = resource.split('.');
  const name = rest.join('.');
  return (of === 'requests' || of === 'limits') && name !== 'storage' ? { of, name } : undefined;
}

function isPods(resource: string): boolean {
  return resource === 'pods' || resource === 'count/pods';
}
