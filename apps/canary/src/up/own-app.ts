import { remedy, type ImageRunner, type ServicePort } from '@canary/local';
import { readDeployment, ReleaseError } from '@canary/release';
import type { PlatformObject } from '@canary/rollout';
import { UsageError, type Io, type Options } from '../command.ts';
import { objectsIn, readFileOption } from '../release/object-file.ts';

/** An app of files, as far as the embedded platform runs it. */
export interface OwnApp {
  /** Deployments, Services and ConfigMaps, each with its namespace. */
  readonly objects: readonly PlatformObject[];
  readonly deployments: readonly OwnDeployment[];
  /** Every port of every Service, in the order of the files; the first is the app's own. */
  readonly services: readonly ServicePort[];
  /** Objects of other kinds, such as `Ingress shop`. */
  readonly leftOut: readonly string[];
}

/** A Deployment of an {@link OwnApp}, and what its containers run. */
export interface OwnDeployment {
  readonly namespace: string;
  readonly name: string;
  readonly containers: readonly { readonly name: string; readonly image: string }[];
}

const KINDS = ['Deployment', 'Service', 'ConfigMap'];

/**
 * What the files of `-f` have; undefined where none is named.
 *
 * @param namespace of the objects that have none
 * @throws {@link UsageError} where a file cannot be read, or has no Deployment that can be run
 */
export async function ownAppOf(
  io: Io,
  options: Options,
  namespace: string,
): Promise<OwnApp | undefined> {
  const files = (options['file'] ?? []) as readonly string[];
  if (files.length === 0) return undefined;
  const all: PlatformObject[] = [];
  for (const file of new Set(files))
    all.push(...objectsIn(await readFileOption(io, file), file).map(inNamespace(namespace)));
  const objects = all.filter(({ kind }) => KINDS.includes(kind));
  const deployments = objects.filter(({ kind }) => kind === 'Deployment').map(ownDeployment);
  if (deployments.length === 0)
    throw new UsageError(
      `--file ${files.join(', ')} has no Deployment: name a file that has the app, such as that of kubectl apply -f`,
    );
  return {
    objects,
    deployments,
    services: objects.filter(({ kind }) => kind === 'Service').flatMap(portsOf),
    leftOut: all
      .filter(({ kind }) => !KINDS.includes(kind))
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`),
  };
}

/** @throws {@link UsageError} with a line for each image that nothing runs */
export function refuseUnknownImages(
  { deployments }: OwnApp,
  runners: readonly ImageRunner[],
): void {
  const images = new Map<string, string>();
  for (const { name, containers } of deployments)
    for (const container of containers)
      if (!runners.some((runner) => runner.matches(container.image)))
        images.set(container.image, `container ${container.name} of Deployment ${name}`);
  if (images.size === 0) return;
  throw new UsageError(
    [...images]
      .map(([image, whose]) => `nothing runs the image "${image}" of ${whose}: ${remedy(image)}`)
      .join('\n'),
  );
}

function inNamespace(namespace: string): (object: PlatformObject) => PlatformObject {
  return (object) => ({ ...object, metadata: { namespace, ...object.metadata } });
}

function ownDeployment(object: PlatformObject): OwnDeployment {
  const { name, namespace = '' } = object.metadata;
  try {
    const { containers } = readDeployment(object).spec.template.spec;
    return {
      ...{ namespace, name },
      containers: containers.map((one) => ({ name: one.name, image: one.image ?? '' })),
    };
  } catch (error) {
    if (error instanceof ReleaseError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/** What is no port is left to the platform, which names the field. */
function portsOf({ metadata, ...object }: PlatformObject): ServicePort[] {
  const { name, namespace = '' } = metadata;
  const { ports } = (object['spec'] ?? {}) as { readonly ports?: readonly unknown[] };
  if (!Array.isArray(ports)) return [];
  return (ports as readonly { readonly port?: unknown }[]).flatMap(({ port }) =>
    typeof port === 'number' ? [{ namespace, name, port }] : [],
  );
}
