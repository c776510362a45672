import { containersOf, type Container } from './container.ts';
import { fieldsOf, numberOf, textsOf, valueAt, type Fields, type Path } from './fields.ts';
import type { Manifest } from './manifest.ts';
import { equalitySelector, labelSelector, type Selector } from './selector.ts';

/** An object that makes pods from a template, or is a pod. */
export interface Workload {
  readonly manifest: Manifest;
  /** Undefined where it leaves that to Kubernetes, or has none. */
  readonly replicas: number | undefined;
  /** Which pods it takes for its own; undefined for kinds whose selector Kubernetes makes. */
  readonly selector: Selector | undefined;
  /** Where the template is in the object; empty for a pod. */
  readonly template: Path;
  readonly labels: Readonly<Record<string, string>>;
  /** The pods' annotations; those that are texts, as Kubernetes wants them. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The pods' spec. */
  readonly spec: Fields;
  readonly containers: readonly Container[];
}

interface Kind {
  readonly groups: readonly string[];
  readonly template: Path;
  readonly selector?: (value: unknown) => Selector;
}

const TEMPLATE = ['spec', 'template'];
const APPS = ['apps', 'extensions'];
const kinds: Readonly<Record<string, Kind>> = {
  Deployment: { groups: APPS, template: TEMPLATE, selector: labelSelector },
  StatefulSet: { groups: APPS, template: TEMPLATE, selector: labelSelector },
  DaemonSet: { groups: APPS, template: TEMPLATE, selector: labelSelector },
  ReplicaSet: { groups: APPS, template: TEMPLATE, selector: labelSelector },
  ReplicationController: { groups: [''], template: TEMPLATE, selector: equalitySelector },
  Pod: { groups: [''], template: [] },
  Job: { groups: ['batch'], template: TEMPLATE },
  CronJob: { groups: ['batch'], template: ['spec', 'jobTemplate', 'spec', 'template'] },
};

/** The pods that an object makes; undefined for an object that makes none. */
export function workloadOf(manifest: Manifest): Workload | undefined {
  const kind = Object.hasOwn(kinds, manifest.kind) ? kinds[manifest.kind] : undefined;
  if (!kind?.groups.includes(manifest.group)) return undefined;
  const { template, selector } = kind;
  const pod = fieldsOf(valueAt(manifest.fields, template));
  const metadata = fieldsOf(pod['metadata']);
  const spec = fieldsOf(pod['spec']);
  const own = fieldsOf(manifest.fields['spec']);
  return {
    manifest,
    replicas: template.length === 0 ? 1 : numberOf(own['replicas']),
    selector: selector?.(own['selector']),
    template,
    labels: textsOf(metadata['labels']),
    annotations: textsOf(metadata['annotations']),
    spec,
    containers: containersOf(spec, [...template, 'spec']),
  };
}

/**
 * Whether it is only part of an object, such as a patch of kustomize: no container of it has an
 * image, which Kubernetes would refuse.
 */
export function isPatch({ containers }: Workload): boolean {
  return containers.every(({ image }) => image === undefined);
}

/** Whether its pods are to end by themselves. */
export function isBatch({ manifest: { kind } }: Workload): boolean {
  return kind === 'Job' || kind === 'CronJob';
}
