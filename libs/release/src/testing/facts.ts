import type { Service } from '../objects/cluster-objects.ts';
import { readDeployment, type Deployment } from '../objects/deployment.ts';
import type { PodTemplate } from '../objects/pod-template.ts';
import { canaryObject } from '../canary/canary-object.ts';
import type { Facts } from '../preflight/facts.ts';
import type { Rule } from '../preflight/rule.ts';
import { shop, shopObject, type Shop } from './shop.ts';

/** What tests vary in the facts: the Deployment as it is, its new template, and all else. */
export interface Situation extends Partial<Omit<Facts, 'deployment' | 'template' | 'canary'>> {
  readonly shop?: Shop;
  /** The Deployment with the new template; the same with another image where it is not given. */
  readonly after?: Shop;
  /** The canary's replicas. */
  readonly replicas?: number;
}

/** Nothing of a namespace beside the Deployment that stands in the way of anything. */
export const NOTHING_BESIDE = {
  ...{ endpointSlices: [], autoscalers: [], disruptionBudgets: [], volumeClaims: [], quotas: [] },
  ...{ limitRanges: [], replicaSets: [], namespaceLabels: {}, access: [], unasked: [] },
  dryRun: { warnings: [], error: undefined },
} as const satisfies Partial<Facts>;

/** Facts of which no rule says anything. */
export function facts({ shop: before = {}, after, replicas = 1, ...given }: Situation = {}): Facts {
  const deployment = shop(before);
  const { template } = shop(after ?? before).spec;
  const canary = canaryOf(shopObject(before), template, replicas);
  return {
    deployment,
    template,
    canary,
    services: [service()],
    ...NOTHING_BESIDE,
    deployments: [deployment],
    ...given,
  };
}

function canaryOf(
  stable: Parameters<typeof canaryObject>[0],
  template: PodTemplate,
  replicas: number,
): Deployment {
  return readDeployment(canaryObject(stable, template, { replicas }));
}

/** A Service in front of `shop`. */
export function service(name = 'shop', spec: Partial<Service['spec']> = {}): Service {
  const ports = [{ port: 80, targetPort: 'http' }];
  return { metadata: { name }, spec: { selector: { app: 'shop' }, ports, ...spec } };
}

/** What a rule finds, as lines: `refuse Service shop: message -> remedy`. */
export function found({ check }: Rule, situation: Situation = {}): string[] {
  return check(facts(situation)).map(
    ({ severity, object, message, remedy }) => `${severity} ${object}: ${message} -> ${remedy}`,
  );
}
