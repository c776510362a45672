import type { Manifest } from './manifest.ts';
import { matches, type Selector } from './selector.ts';
import { serviceOf, type Service } from './service.ts';
import { isPatch, workloadOf, type Workload } from './workload.ts';

/** All objects given, as rules ask for them. */
export interface Scope {
  readonly manifests: readonly Manifest[];
  /** Whole ones: of a patch nothing can be said. */
  readonly workloads: readonly Workload[];
  readonly services: readonly Service[];
  /** The workloads of a namespace whose pods a selector matches. */
  selected(namespace: string, selector: Selector): readonly Workload[];
  /** The workloads whose pods a Service sends traffic to. */
  behind(service: Service): readonly Workload[];
  /** The Services that send traffic to a workload's pods. */
  inFrontOf(workload: Workload): readonly Service[];
  /** The objects of a kind in a namespace. */
  ofKind(kind: string, namespace: string): readonly Manifest[];
}

/** Looks through the objects once, so that rules need not. */
export function scopeOf(manifests: readonly Manifest[]): Scope {
  const workloads = manifests
    .flatMap((manifest) => workloadOf(manifest) ?? [])
    .filter((workload) => !isPatch(workload));
  const services = manifests.flatMap((manifest) => serviceOf(manifest) ?? []);
  const byNamespace = group(workloads, ({ manifest }) => [manifest.namespace]);
  const byLabel = group(workloads, ({ manifest, labels }) =>
    Object.entries(labels).map(([key, value]) => labelKey(manifest.namespace, key, value)),
  );
  const byKind = group(manifests, ({ kind, namespace }) => [`${kind} ${namespace}`]);

  const selected = (namespace: string, selector: Selector) => {
    const [label] = Object.entries(selector.labels);
    const candidates = label
      ? byLabel.get(labelKey(namespace, ...label))
      : byNamespace.get(namespace);
    return (candidates ?? []).filter(({ labels }) => matches(selector, labels));
  };
  const behind = new Map<Service, readonly Workload[]>();
  for (const service of services) {
    behind.set(service, selected(service.manifest.namespace, service.selector));
  }
  const inFrontOf = group(services, (service) => behind.get(service) ?? []);
  return {
    manifests,
    workloads,
    services,
    selected,
    behind: (service) => behind.get(service) ?? [],
    inFrontOf: (workload) => inFrontOf.get(workload) ?? [],
    ofKind: (kind, namespace) => byKind.get(`${kind} ${namespace}`) ?? [],
  };
}

function labelKey(namespace: string, key: string, value: string): string {
  return `${namespace} ${key}=${value}`;
}

function group<Key, Item>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly Key[],
): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const found = groups.get(key);
      if (found) found.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}
