import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../../apps/canary/bin/canary.js', import.meta.url));
/** What runs as a replica of the service; every one has it in its command line. */
export const bundle = fileURLToPath(
  new URL('../../../apps/canary/dist/images/myapp/dist/main.cjs', import.meta.url),
);
/** The PATH without Prometheus: pods are then scraped directly, and nothing waits for its discovery. */
const PATH = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !existsSync(join(folder, 'prometheus')))
  .join(delimiter);

/** What a command wrote, and how it ended. */
export interface Finished {
  readonly out: string;
  readonly err: string;
  readonly code: number | null;
}

/** The command line as its user runs it, in a process of its own; in this one's folder unless another is named. */
export function canary(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = process.cwd(),
) {
  const child = spawn(process.execPath, [command, ...args], {
    cwd,
    env: { ...process.env, PATH, NODE_OPTIONS: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let written = '';
  child.stdout.on('data', (chunk: Buffer) => (written += chunk.toString()));
  const outputs = Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return {
    child,
    /** What it has written to its standard output so far. */
    written: () => written,
    finished: outputs.then(([out, err, [code]]): Finished => ({
      out,
      err,
      code: code as number | null,
    })),
  };
}
