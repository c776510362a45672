import { readFile } from 'node:fs/promises';
import { kubernetesYaml } from '@canary/manifests';
import type { PlatformObject } from '@canary/rollout';
import { parseAllDocuments } from 'yaml';
import { UsageError, type Io } from '../command.ts';

/** The text of `--file`; `-` is standard input. */
export async function readFileOption(io: Io, file: string): Promise<string> {
  if (file === '-') return io.input();
  return readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UsageError(`--file ${file} cannot be read: ${(cause as Error).message}`, { cause });
  });
}

/**
 * The objects that a YAML or JSON text has, those of a List each on its own.
 *
 * @throws {@link UsageError} where it is no YAML, or has what is no object
 */
export function objectsIn(text: string, file: string): readonly PlatformObject[] {
  const documents = parseAllDocuments(text, kubernetesYaml);
  const broken = documents.flatMap(({ errors }) => errors)[0];
  if (broken) throw new UsageError(`--file ${file} is no YAML: ${firstLine(broken.message)}`);
  const objects = documents
    .map((document) => document.toJS() as unknown)
    .filter((object) => object !== null)
    .flatMap((object) => {
      const { kind, items } = object as { readonly kind?: unknown; readonly items?: unknown };
      return kind === 'List' && Array.isArray(items) ? (items as unknown[]) : [object];
    });
  return objects.map((object) => {
    const { apiVersion, kind, metadata } = (object ?? {}) as Partial<PlatformObject>;
    if ([apiVersion, kind, metadata?.name].every((text) => typeof text === 'string'))
      return object as PlatformObject;
    throw new UsageError(
      `--file ${file} has ${JSON.stringify(object).slice(0, 60)}, which is no object with apiVersion, kind and metadata.name`,
    );
  });
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? '';
}
