import { readFile } from 'node:fs/promises';
import { APP_NAME, parseParameters, renderObjects } from '@canary/manifests';
import type { PlatformObject } from '@canary/rollout';
import { parseAllDocuments } from 'yaml';
import { UsageError, type Io, type Options } from '../command.ts';
import { imagesFromEnvironment } from '../images.ts';
import { pairsOption, textOption } from '../options.ts';
import type { Place } from '../site/with-site.ts';

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
    return deploymentIn(await read(io, file), file, place);
  }
  if (to === undefined)
    throw new UsageError('say what is to be tried: --to <version>, or --file <file>');
  if (app !== APP_NAME)
    throw new UsageError(`--to makes releases of ${APP_NAME}: give the Deployment with --file`);
  const image = textOption(options, 'image');
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

async function read(io: Io, file: string): Promise<string> {
  if (file === '-') return io.input();
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`--file ${file} cannot be read: ${(cause as Error).message}`, { cause });
  });
}

/** The one Deployment that a YAML or JSON text has, as a rollout of the app needs it. */
export function deploymentIn(text: string, file: string, { app, site }: Place): PlatformObject {
  const documents = parseAllDocuments(text);
  const broken = documents.flatMap(({ errors }) => errors)[0];
  if (broken) throw new UsageError(`--file ${file} is no YAML: ${firstLine(broken.message)}`);
  const objects = documents
    .map((document) => document.toJS() as unknown)
    .filter((object) => object !== null);
  const [object, ...others] = objects as readonly Partial<PlatformObject>[];
  if (object?.kind !== 'Deployment' || others.length > 0) {
    const kinds = (objects as readonly Partial<PlatformObject>[]).map(({ kind }) => kind ?? '?');
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

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
