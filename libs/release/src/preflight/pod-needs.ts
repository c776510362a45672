import type { LimitRange } from '../objects/cluster-objects.ts';
import { quantity } from '../objects/quantity.ts';
import type { Container, PodTemplate } from '../objects/pod-template.ts';
import { isSidecar } from './traffic.ts';

/** Amounts by resource, such as `{ cpu: 0.25 }`. */
export type Amounts = ReadonlyMap<string, number>;

/** What a pod asks for, and may have at most. */
export interface PodNeeds {
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** Resources of which some container says nothing, and so names of none may be summed. */
  readonly unsaid: { readonly requests: ReadonlySet<string>; readonly limits: ReadonlySet<string> };
}

/**
 * What a pod of the template needs, with what the namespace's LimitRanges fill in: the sum of all
 * containers that run at once, or what one that runs before them alone needs, if that is more.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/#resource-sharing-within-containers
 */
export function podNeeds(template: PodTemplate, limitRanges: readonly LimitRange[]): PodNeeds {
  const { containers, initContainers = [] } = template.spec;
  const all = [...containers, ...initContainers].map((one) => needsOf(one, limitRanges));
  const main = all.slice(0, containers.length);
  const before = all.slice(containers.length);
  const sum = (kind: 'requests' | 'limits') => {
    let running: Amounts = new Map();
    let highest: Amounts = new Map();
    for (const [index, needs] of before.entries()) {
      highest = merge(highest, merge(running, needs[kind], add), Math.max);
      if (isSidecar(initContainers[index]!)) running = merge(running, needs[kind], add);
    }
    const together = main.reduce((so, needs) => merge(so, needs[kind], add), running);
    return merge(together, highest, Math.max);
  };
  const requests = sum('requests');
  const limits = sum('limits');
  const unsaid = (kind: 'requests' | 'limits', names: Iterable<string>) =>
    new Set([...names].filter((name) => all.some((needs) => !needs[kind].has(name))));
  const names = [...new Set(['cpu', 'memory', ...requests.keys(), ...limits.keys()])];
  return {
    requests,
    limits,
    unsaid: { requests: unsaid('requests', names), limits: unsaid('limits', names) },
  };
}

/** A limit without a request is one, too; then a LimitRange's defaults. */
function needsOf({ resources = {} }: Container, limitRanges: readonly LimitRange[]) {
  const defaults = limitRanges
    .flatMap(({ spec }) => spec.limits)
    .filter(({ type }) => type === 'Container');
  const limits = amounts(...defaults.map((one) => one.default), resources.limits);
  const requests = amounts(
    ...defaults.map((one) => one.default),
    ...defaults.map((one) => one.defaultRequest),
    resources.limits,
    resources.requests,
  );
  return { limits, requests };
}

function amounts(
  ...sources: readonly (Readonly<Record<string, string | number>> | undefined)[]
): Amounts {
  const entries = sources.flatMap((source) => Object.entries(source ?? {}));
  return new Map(entries.map(([name, value]) => [name, quantity(value) ?? 0]));
}

function merge(a: Amounts, b: Amounts, by: (a: number, b: number) => number): Amounts {
  const names = [...a.keys(), ...b.keys()];
  return new Map(names.map((name) => [name, by(a.get(name) ?? 0, b.get(name) ?? 0)]));
}

function add(a: number, b: number): number {
  return a + b;
}
