import { APP_NAME } from '@canary/manifests';
import type { PlatformObject } from '@canary/rollout';
import { UsageError, type Io, type Options } from '../command.ts';
import { textOption } from '../options.ts';
import { bundleOf, type Bundle } from './bundle.ts';
import { objectsIn, readFileOption } from './object-file.ts';

/**
 * The objects of `--file` where each Deployment among them is to be released in place; none where a
 * Deployment is named, or the file has one of the releases of `--app`, a Deployment each.
 *
 * @returns with them what to go on with: standard input is there once only
 * @throws {@link UsageError} where there is nothing to release, or an option is of one Deployment
 */
export async function bundleOption(
  given: Io,
  target: unknown,
  options: Options,
): Promise<{ readonly io: Io; readonly bundle?: Bundle }> {
  const [file, app] = [textOption(options, 'file'), textOption(options, 'app') ?? APP_NAME];
  if (typeof target === 'string' || file === undefined || options['to'] !== undefined)
    return { io: given };
  const text = await readFileOption(given, file);
  const io = file === '-' ? { ...given, input: () => Promise.resolve(text) } : given;
  const objects = objectsIn(text, file);
  const bundle = bundleOf(objects, file);
  const [first, ...more] = bundle.deployments;
  if (!first) {
    const there = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`).join(', ');
    throw new UsageError(
      `--file ${file} has ${there || 'nothing'}: give one Deployment to release, or several`,
    );
  }
  const isNamed = app !== APP_NAME;
  // One that is applied would have traffic at once: several of them are refused there.
  const isOfApp = bundle.deployments.some((deployment) => isReleaseOf(app, deployment));
  if (isOfApp || (isNamed && more.length === 0)) return { io };
  if (isNamed)
    throw new UsageError(
      `--app ${app} is of releases that are a Deployment each, and --file ${file} has ${more.length + 1} Deployments: leave --app out to release each in place, or give one Deployment`,
    );
  if (options['image'] || options['env'])
    throw new UsageError(
      `--image and --env are of one Deployment: name it, such as canary start deploy/${first.metadata.name} --file ${file}, or leave them out`,
    );
  return { io, bundle };
}

/** Whether the Deployment is one of the app's releases, which are found and told apart by labels. */
function isReleaseOf(app: string, deployment: PlatformObject): boolean {
  const { template } = (deployment['spec'] ?? {}) as {
    readonly template?: { readonly metadata?: PlatformObject['metadata'] };
  };
  const { appname, release } = template?.metadata?.labels ?? {};
  return deployment.metadata.labels?.['appname'] === app && appname === app && !!release;
}
