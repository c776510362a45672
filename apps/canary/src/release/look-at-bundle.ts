import {
  compared,
  isSameTemplate,
  readDeployment,
  type Finding,
  type PodTemplate,
} from '@canary/release';
import type { PlatformObject, Workload } from '@canary/rollout';
import type { Io, Options } from '../command.ts';
import type { Site } from '../site/site.ts';
import { withSite, type Place } from '../site/with-site.ts';
import type { Bundle } from './bundle.ts';
import { asUsage, ownObject } from './in-place.ts';

/** A Deployment of a bundle, beside the one that runs. */
export interface Entry {
  readonly name: string;
  readonly namespace: string;
  /** The object of the file, with its namespace. */
  readonly file: PlatformObject;
  /** Whether there is none yet, its pods stay as they are, or it is to be released. */
  readonly state: 'new' | 'same' | 'changed';
  /** What the file says otherwise and no release changes. */
  readonly findings: readonly Finding[];
}

/** A bundle beside what runs. */
export interface Looked {
  readonly hooks: readonly PlatformObject[];
  /** What the platform does not know. */
  readonly unknown: readonly PlatformObject[];
  /** What is applied, with its namespace. */
  readonly others: readonly PlatformObject[];
  readonly entries: readonly Entry[];
}

/** What a bundle is looked at with. */
export interface LookOptions {
  /** Where objects are that name no namespace. */
  readonly site: Site;
  /** Looks at the place of a Deployment that is there. @throws an `Error` where it cannot be released */
  readonly check?: (place: Place) => Promise<void>;
}

/**
 * Looks what a bundle would change, and changes nothing.
 *
 * @throws `UsageError` for a Deployment that the one which runs cannot become
 */
export async function lookAtBundle(
  io: Io,
  options: Options,
  bundle: Bundle,
  { site, check }: LookOptions,
): Promise<Looked> {
  const placed = (object: PlatformObject) => ({
    ...object,
    metadata: { namespace: site.namespace, ...object.metadata },
  });
  const isKnown = ({ kind }: PlatformObject) => site.knows?.(kind) ?? true;
  const entries: Entry[] = [];
  for (const object of bundle.deployments)
    entries.push(await entryOf(io, options, placed(object), check));
  return {
    hooks: bundle.hooks,
    unknown: bundle.others.filter((object) => !isKnown(object)),
    others: bundle.others.filter(isKnown).map(placed),
    entries,
  };
}

async function entryOf(
  io: Io,
  options: Options,
  file: PlatformObject & { readonly metadata: { readonly namespace: string } },
  check: LookOptions['check'],
): Promise<Entry> {
  const { name, namespace } = file.metadata;
  const of = { name, namespace, file };
  const stateIn = async (place: Place): Promise<Entry> => {
    readDeployment(file);
    const workloads = await place.site.platform.list(place.selector);
    const found = workloads.find(({ ref }) => ref.name === name);
    if (!found) return { ...of, state: 'new', findings: [] };
    await check?.(place);
    const object = await ownObject(place, found);
    const { isSame, template, findings } = compared(object, { file });
    const { template: own } = object['spec'] as { readonly template: PodTemplate };
    // What the file leaves out the platform fills in, and says what comes of it.
    const stays = isSame || (await isAdmittedAs(own, place, { found, template }));
    return { ...of, state: stays ? 'same' : 'changed', findings };
  };
  try {
    return await withSite(io, { ...options, namespace }, stateIn, `deploy/${name}`);
  } catch (error) {
    throw asUsage(error);
  }
}

async function isAdmittedAs(
  own: PodTemplate,
  { site }: Place,
  { found, template }: { readonly found: Workload; readonly template: PodTemplate },
): Promise<boolean> {
  const admitted = await site.admittedTemplate?.(found.ref, template, found.uid);
  return admitted !== undefined && isSameTemplate(own, admitted as PodTemplate);
}
