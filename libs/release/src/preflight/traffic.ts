import type { Service } from '../objects/cluster-objects.ts';
import type { Deployment } from '../objects/deployment.ts';
import { labelsOf, type Container, type PodTemplate } from '../objects/pod-template.ts';
import { matches } from '../objects/selector.ts';
import type { Facts } from './facts.ts';

/** The Services that send traffic to the stable Deployment's pods as they are. */
export function servicesInFront({ services, deployment }: Facts): readonly Service[] {
  return services.filter((service) => selects(service, deployment.spec.template));
}

/** Whether the Service sends traffic to the pods of a template. */
export function selects({ spec }: Service, template: PodTemplate): boolean {
  return (
    spec.type !== 'ExternalName' &&
    matches({ matchLabels: spec.selector ?? {} }, labelsOf(template))
  );
}

/** What a Service's port leads to in a pod: a number, or the name of a container's port. */
export function targetsOf({ spec }: Service): readonly (number | string)[] {
  return (spec.ports ?? []).map(({ port, targetPort }) => targetPort ?? port);
}

/** The container that declares a port by that number or name. */
export function containerAt({ spec }: PodTemplate, target: number | string): Container | undefined {
  const sidecars = (spec.initContainers ?? []).filter(isSidecar);
  return [...spec.containers, ...sidecars].find(({ ports = [] }) =>
    ports.some(({ name, containerPort }) => name === target || containerPort === target),
  );
}

/** Whether a container that is started before the others runs beside them. */
export function isSidecar({ restartPolicy }: Container): boolean {
  return restartPolicy === 'Always';
}

/** How findings call a Service. */
export function serviceName({ metadata }: Service): string {
  return `Service ${metadata.name}`;
}

/** Names as a sentence has them: `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** Whether the object is the Deployment itself, or its canary. */
export function isOfRelease({ deployment, canary }: Facts, other: Deployment): boolean {
  return [deployment, canary].some(({ metadata }) => metadata.name === other.metadata.name);
}
