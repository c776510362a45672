import {
  canaryObject,
  changed,
  releaseNameOf,
  preflight,
  ReleaseError,
  type Change,
  type Finding,
  type PodTemplate,
} from '@canary/release';
import type { PlatformObject, Workload } from '@canary/rollout';
import { UsageError, type Io, type Options } from '../command.ts';
import { textOption } from '../options.ts';
import type { Place } from '../site/with-site.ts';
import { objectsIn, readFileOption } from './object-file.ts';

/** What is to be tried, and beside what. */
export interface Tried {
  readonly stable: Workload;
  /** All that the selector finds. */
  readonly workloads: readonly Workload[];
  readonly canary: PlatformObject;
  /** What their pods are told apart by; their labels `release` where it is not said. */
  readonly releases?: Readonly<Record<'stable' | 'canary', string>>;
  /** The pod template that the stable Deployment takes over, where it does. */
  readonly template?: unknown;
  /** What was found before anything is touched, by how many replicas the canary is to have at most. */
  readonly preflight?: (replicas: number) => Promise<readonly Finding[]>;
}

/**
 * The canary of a Deployment that is named, with the change that the options ask for.
 *
 * @throws {@link UsageError} where there is no such Deployment, or the change is not possible
 */
export async function inPlace(io: Io, options: Options, place: Place): Promise<Tried> {
  const { site, app } = place;
  if (options['to'] !== undefined)
    throw new UsageError(
      `--to makes releases of the catalogue's app: say what changes of deploy/${app} with --image container=image, --env or -f`,
    );
  const [change, { stable, workloads, object }] = await Promise.all([
    changeOf(io, options, place),
    namedDeployment(place),
  ]);
  try {
    const { template, findings } = changed(object, change);
    const canaryOf = (replicas: number) => canaryObject(object, template, { replicas });
    const own = (object['spec'] as { readonly template: PodTemplate }).template;
    return {
      ...{ stable, workloads },
      canary: canaryOf(1),
      preflight: async (replicas) => {
        const wishes = { deployment: object, template, canary: canaryOf(replicas) };
        const facts = await site.facts?.(wishes);
        return [...findings, ...(facts ? preflight(facts) : [])];
      },
      releases: {
        stable: releaseNameOf(template, own),
        canary: releaseNameOf(own, template),
      },
      template: (await site.admittedTemplate?.(stable.ref, template, stable.uid)) ?? template,
    };
  } catch (error) {
    if (error instanceof ReleaseError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

/**
 * The Deployment that is named, as the platform has it.
 *
 * @throws {@link UsageError} where there is none
 */
export async function namedDeployment({ site, selector, app }: Place) {
  const workloads = await site.platform.list(selector);
  const stable = workloads.find(({ ref }) => ref.name === app);
  if (!stable)
    throw new UsageError(
      `there is no Deployment ${app} in namespace ${site.namespace}: name another one, or its namespace with -n`,
    );
  const object = (await site.readDeployment?.(stable.ref)) ?? withUid(stable);
  return { stable, workloads, object };
}

async function changeOf(io: Io, options: Options, { site, app }: Place): Promise<Change> {
  const file = textOption(options, 'file');
  const images = (options['image'] ?? []) as readonly string[];
  const env = (options['env'] ?? []) as readonly string[];
  if (file === undefined) return { images, env };
  const objects = objectsIn(await readFileOption(io, file), file);
  const found = objects.filter(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === app,
  );
  const [object] = found;
  if (object && found.length === 1)
    return {
      images,
      env,
      file: { ...object, metadata: { namespace: site.namespace, ...object.metadata } },
    };
  const there = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ');
  throw new UsageError(
    `--file ${file} has ${there || 'nothing'}: give one Deployment ${app}, with the pod template to try`,
  );
}

function withUid({ object, uid, ref }: Workload): PlatformObject {
  const metadata = { ...object.metadata, ...ref, uid };
  return { ...object, metadata };
}
