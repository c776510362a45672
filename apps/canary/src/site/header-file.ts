import { readFile } from 'node:fs/promises';

/** Names the file for this process, whatever a release was started with: a Job has other folders. */
const VARIABLE = 'CANARY_PROMETHEUS_HEADER_FILE';

/**
 * Headers for Prometheus from a file with a line `Name: value` for each, such as
 * `Authorization: Bearer …`. Values are never told: not in messages, records or arguments.
 *
 * @param named the file, unless the environment names another
 * @throws an `Error` that names the file and the line, and not what stands in it
 */
export async function prometheusHeaders(
  named: string | undefined,
  env: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Readonly<Record<string, string>>> {
  const path = env[VARIABLE] ?? named;
  if (path === undefined || path === '') return {};
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(
      `cannot read the headers for Prometheus from ${path}: name a file that is there by --prometheus-header-file or ${VARIABLE}`,
      { cause },
    );
  });
  const headers = new Headers();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const at = line.indexOf(':');
    try {
      if (at < 1) throw new Error('there is no colon');
      headers.append(line.slice(0, at).trim(), line.slice(at + 1).trim());
    } catch {
      // The cause would show what stands in the line.
      throw new Error(`${path}, line ${index + 1}: that is no header: write Name: value`);
    }
  }
  return Object.fromEntries(headers);
}
