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
import { namedDeployment } from './find-stable.ts';
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
 * The canary of a Deployment that is named, with the change that the options ask for; or with `file`,
 * an object of its name with another pod template.
 *
 * @throws {@link UsageError} where there is no such Deployment, or the change is not possible
 */
export async function inPlace(
  io: Io,
  options: Options,
  place: Place,
  file?: PlatformObject,
): Promise<Tried> {
  const { site, selector, app } = place;
  if (options['to'] !== undefined)
    throw new UsageError(
      `--to makes releases of the catalogue's app: say what changes of deploy/${app} with --image container=image, --env or -f`,
    );
  const [{ change, others }, workloads] = await Promise.all([
    file ? { change: { file }, others: [] } : changeOf(io, options, place),
    site.platform.list(selector),
  ]);
  const stable = namedDeployment(place, workloads);
  const object = await ownObject(place, stable);
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
        return [...findings, ...(facts ? preflight(facts) : []), ...leftAlone(others)];
      },
      releases: {
        stable: releaseNameOf(template, own),
        canary: releaseNameOf(own, template),
      },
      template: (await site.admittedTemplate?.(stable.ref, template, stable.uid)) ?? template,
    };
  } catch (error) {
    throw asUsage(error);
  }
}

/** The Deployment itself, with its uid and, where the platform keeps one, its status. */
export async function ownObject({ site }: Place, workload: Workload): Promise<PlatformObject> {
  return (await site.readDeployment?.(workload.ref)) ?? withUid(workload);
}

/** What cannot be released is asked for by a person. */
export function asUsage(error: unknown): unknown {
  return error instanceof ReleaseError ? new UsageError(error.message, { cause: error }) : error;
}

/** What the options change, and what else the file has. */
interface Wished {
  readonly change: Change;
  readonly others: readonly PlatformObject[];
}

async function changeOf(io: Io, options: Options, { site, app }: Place): Promise<Wished> {
  const file = textOption(options, 'file');
  const images = (options['image'] ?? []) as readonly string[];
  const env = (options['env'] ?? []) as readonly string[];
  if (file === undefined) return { change: { images, env }, others: [] };
  const objects = objectsIn(await readFileOption(io, file), file);
  const found = objects.filter(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name === app,
  );
  const [object] = found;
  if (object && found.length === 1) {
    const wanted = { ...object, metadata: { namespace: site.namespace, ...object.metadata } };
    const others = objects.filter((one) => one !== object);
    return { change: { images, env, file: wanted }, others };
  }
  const there = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ');
  throw new UsageError(
    `--file ${file} has ${there || 'nothing'}: give one Deployment ${app}, with the pod template to try`,
  );
}

/** Of a file with several objects the Deployment that is named is released, and nothing else. */
function leftAlone(others: readonly PlatformObject[]): readonly Finding[] {
  if (others.length === 0) return [];
  const names = others.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  return [
    {
      rule: 'file-other-objects',
      severity: 'info',
      object: 'The file',
      message: `it has ${names.join(', ')} as well, and they are left as they are`,
      remedy:
        'apply them with kubectl, or name no Deployment (canary start -f) for all of the file',
    },
  ];
}

function withUid({ object, uid, ref }: Workload): PlatformObject {
  const metadata = { ...object.metadata, ...ref, uid };
  return { ...object, metadata };
}
