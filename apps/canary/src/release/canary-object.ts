import { APP_NAME, parseParameters, renderObjects } from '@canary/manifests';
import type { PlatformObject } from '@canary/rollout';
import { UsageError, type Io, type Options } from '../command.ts';
import { imagesFromEnvironment } from '../images.ts';
import { pairsOption, textOption } from '../options.ts';
import type { Place } from '../site/with-site.ts';
import { objectsIn, readFileOption } from './object-file.ts';

/**
 * The Deployment to be tried: from a file (`-` is standard input), or of the catalogue.
 *
 * @throws {@link UsageError} where it is none, or cannot be told from the options
 */
export async function canaryObject(io: Io, options: Options, place: Place) {
  const { app, site } = place;
  const [to, file] = [textOption(options, 'to'), textOption(options, 'file')];
  if (file !== undefined) {
    if (to !== undefined || options['env'] || options['image'])
      throw new UsageError('--file says everything of the canary: leave --to, --env, --image out');
    return deploymentIn(await readFileOption(io, file), file, place);
  }
  if (to === undefined)
    throw new UsageError('say what is to be tried: --to <version>, or --file <file>');
  if (app !== APP_NAME)
    throw new UsageError(`--to makes releases of ${APP_NAME}: give the Deployment with --file`);
  const [image] = (options['image'] ?? []) as readonly string[];
  const parameters = parseParameters({
    namespace: site.namespace,
    version: to,
    env: pairsOption(options, 'env'),
    images: { ...imagesFromEnvironment(io.env), ...(image === undefined ? {} : { myapp: image }) },
  });
  const [object] = renderObjects(['v2'], parameters);
  if (!object) throw new Error('the catalogue has no v2');
  return object;
}

/** The one Deployment that a YAML or JSON text has, as a rollout of the app needs it. */
export function deploymentIn(text: string, file: string, { app, site }: Place): PlatformObject {
  const objects = objectsIn(text, file);
  const [object, ...others] = objects;
  if (object?.kind !== 'Deployment' || others.length > 0) {
    const kinds = objects.map(({ kind }) => kind);
    throw new UsageError(
      `--file ${file} has ${kinds.join(', ') || 'nothing'}: give one Deployment and nothing else`,
    );
  }
  const deployment = object as PlatformObject & {
    readonly spec?: { readonly template?: { readonly metadata?: PlatformObject['metadata'] } };
  };
  const { metadata, spec } = deployment;
  const labelled = [metadata.labels, spec?.template?.metadata?.labels];
  if (labelled.some((labels) => labels?.['appname'] !== app)) {
    throw new UsageError(
      `--file ${file}: ${metadata.name} and its pods need the label appname: ${app}, by which they are found`,
    );
  }
  return { ...deployment, metadata: { namespace: site.namespace, ...metadata } };
}
