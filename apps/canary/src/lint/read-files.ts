import { readFile } from 'node:fs/promises';
import { ManifestFileError, readManifests, type Manifest } from '@canary/manifests';
import { UsageError, type Io } from '../command.ts';

/** What findings call standard input. */
export const STDIN = 'stdin';

/**
 * The objects of all files, in their order; `-` is standard input.
 *
 * @throws {@link UsageError} with a line for each file that cannot be read
 */
export async function readFiles(io: Io, files: readonly string[]): Promise<Manifest[]> {
  const problems: string[] = [];
  const manifests: Manifest[] = [];
  // A file that is named twice is no copy of itself.
  for (const file of new Set(files)) {
    try {
      const text = file === '-' ? await io.input() : await textOf(file);
      manifests.push(...readManifests(file === '-' ? STDIN : file, text));
    } catch (error) {
      if (!(error instanceof ManifestFileError || error instanceof UsageError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  return manifests;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder: name its files, such as k8s/*.yaml',
  EACCES: 'you may not read it',
};

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new UsageError(`${file} cannot be read: ${REASONS[code] ?? message}`, { cause });
  }
}
