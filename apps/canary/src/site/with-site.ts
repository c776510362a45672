import { canaryName, parseTarget, ReleaseError, type Target } from '@canary/release';
import { findRollout, type Naming, type RolloutStore, type Selector } from '@canary/rollout';
import { UsageError, type Io, type Options } from '../command.ts';
import { textOption } from '../options.ts';
import type { ReleaseNames } from './named-platform.ts';
import { siteOptionsOf } from './site-options.ts';
import type { Site } from './site.ts';

/** What a command is about, and the site where it is. */
export interface Place {
  readonly site: Site;
  /** The app, or the name of the Deployment that is released in place; its rollout is stored under it. */
  readonly app: string;
  /** Finds every workload of its releases. */
  readonly selector: Selector;
  /** The Deployment that is released in place; undefined for an app that is found by its label. */
  readonly target: Target | undefined;
  /** What the pods of a release in place are told apart by. */
  readonly names: ReleaseNames;
}

/**
 * Does the work on the site that the options name, and closes it whatever comes of it.
 *
 * @param target the Deployment that the command is about, such as `deploy/shop`; without, the app of `--app`
 * @throws {@link UsageError} where the target is none
 */
export async function withSite<Result>(
  io: Io,
  options: Options,
  work: (place: Place) => Promise<Result>,
  target?: unknown,
): Promise<Result> {
  const released = typeof target === 'string' ? targetOf(target) : undefined;
  const app = released?.name ?? textOption(options, 'app') ?? 'myapp';
  const names: ReleaseNames = { naming: undefined, isInPlace: released !== undefined };
  const connected = await io.connect(siteOptionsOf(io, options, names));
  const { namespace } = connected;
  const site = released ? namedSite(connected, app, names) : connected;
  const selector = released
    ? { namespace, labels: {}, names: [released.name, canaryName(released.name)] }
    : { namespace, labels: { appname: app } };
  try {
    if (released) await findRollout(site.store, app);
    return await work({ site, app, selector, target: released, names });
  } finally {
    await connected.close();
  }
}

/**
 * Does the work on the site that the options name, where Deployments are known by their names: its
 * namespace is the context's own where they name none.
 */
export async function withNamedSite<Result>(
  io: Io,
  options: Options,
  work: (site: Site) => Promise<Result>,
): Promise<Result> {
  const site = await io.connect(siteOptionsOf(io, options, { naming: undefined, isInPlace: true }));
  try {
    return await work(site);
  } finally {
    await site.close();
  }
}

/** The site whose names follow the release that is stored, whoever started it. */
function namedSite(site: Site, app: string, names: ReleaseNames): Site {
  const { store } = site;
  const load = async (key: string) => {
    const stored = await store.load<Naming>(key);
    if (key === app) names.naming = stored?.value;
    return stored;
  };
  return {
    ...site,
    store: {
      load: load as RolloutStore['load'],
      save: (...change) => store.save(...change),
      ...(store.watch && { watch: (key, signal) => store.watch!(key, signal) }),
    },
  };
}

const KINDS =
  /^(deploy(ments?)?|statefulsets?|sts|daemonsets?|ds|jobs?|cronjobs?|cj|replicasets?|rs|replicationcontrollers?|rc|pods?|po|services?|svc)(\.[a-z0-9.]+)?\/\S+$/i;

/** Whether a text names an object as kubectl does, such as `deploy/shop`. */
export function isAddress(text: string): boolean {
  return KINDS.test(text);
}

/** The target among a command's arguments, which may come before its others. */
export function addressed(args: readonly unknown[]): {
  readonly target: string | undefined;
  readonly rest: readonly unknown[];
} {
  const [first, ...rest] = args;
  const isTarget = typeof first === 'string' && isAddress(first);
  return isTarget ? { target: first, rest } : { target: undefined, rest: args };
}

/** @throws {@link UsageError} with what to do instead, for what is no Deployment */
export function targetOf(text: string): Target {
  try {
    return parseTarget(text);
  } catch (error) {
    if (error instanceof ReleaseError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
