import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Asset } from '@canary/api';

/** The live page, which travels with the command line's bundle. */
const PAGE = fileURLToPath(new URL('./dashboard', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/**
 * The files of the live page by their paths, such as `/index.html`.
 *
 * @throws an `Error` that says how to build them, where they are not there
 */
export async function pageFiles(folder = PAGE): Promise<ReadonlyMap<string, Asset>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (cause: unknown) => {
      throw new Error(`the live page is not in ${folder}: run npx nx build canary`, { cause });
    },
  );
  const files = entries.filter((entry) => entry.isFile());
  return new Map(
    await Promise.all(
      files.map(async ({ parentPath, name }) => {
        const file = join(parentPath, name);
        const body = new Uint8Array(await readFile(file));
        const path = file.slice(folder.length).replaceAll('\\', '/');
        return [path, { body, type: TYPES[extname(name)] ?? 'application/octet-stream' }] as const;
      }),
    ),
  );
}
