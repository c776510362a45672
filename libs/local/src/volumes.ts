import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import type { ContainerSpec, VolumeSpec } from './pod-schema.ts';
import { missing } from './pod-environment.ts';
import type { ConfigMapObject } from './schema.ts';

/** Where a pod's volumes go and come from. */
export interface VolumeSources {
  readonly namespace: string;
  /** The directory that holds the pod's volumes, one directory each. */
  readonly directory: string;
  readonly configMap: (name: string) => ConfigMapObject | undefined;
}

/**
 * Writes a pod's volumes, each into a directory of its own: a ConfigMap as one file per key, an
 * emptyDir empty. What a ConfigMap changes to later reaches new pods only.
 *
 * @returns volume name -> directory
 * @throws `MissingConfigError` where a ConfigMap is not there
 */
export async function writeVolumes(
  volumes: readonly VolumeSpec[],
  sources: VolumeSources,
): Promise<Map<string, string>> {
  const files = volumes.map((volume) => [volume.name, filesOf(volume, sources)] as const);
  const directories = new Map<string, string>();
  for (const [name, contents] of files) {
    const directory = join(sources.directory, name);
    directories.set(name, directory);
    await mkdir(directory, { recursive: true });
    for (const [path, content] of contents) {
      const file = join(directory, normalize(`/${path}`));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
  }
  return directories;
}

/** Mount path -> path on this machine, for one container. */
export function mountsOf(
  { volumeMounts }: Pick<ContainerSpec, 'volumeMounts'>,
  directories: ReadonlyMap<string, string>,
): Map<string, string> {
  const mounts = new Map<string, string>();
  for (const { name, mountPath, subPath } of volumeMounts) {
    const directory = directories.get(name);
    if (directory !== undefined) mounts.set(mountPath, join(directory, subPath ?? ''));
  }
  return mounts;
}

function filesOf({ configMap: wanted }: VolumeSpec, sources: VolumeSources): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  if (!wanted) return files;
  const found = sources.configMap(wanted.name);
  if (!found && !wanted.optional) throw missing(wanted.name, sources.namespace);
  for (const [key, text] of Object.entries(found?.data ?? {})) files.set(key, Buffer.from(text));
  for (const [key, base64] of Object.entries(found?.binaryData ?? {}))
    files.set(key, Buffer.from(base64, 'base64'));
  if (!wanted.items) return files;
  const chosen = new Map<string, Buffer>();
  for (const { key, path } of wanted.items) {
    const content = files.get(key);
    if (content) chosen.set(path, content);
    else if (!wanted.optional) throw missing(wanted.name, sources.namespace, key);
  }
  return chosen;
}
