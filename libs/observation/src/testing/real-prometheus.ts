import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A target of a scrape, and the labels that a cluster's service discovery would give it. */
export interface StaticTarget {
  readonly address: string;
  readonly labels: Readonly<Record<string, string>>;
}

/** A running Prometheus server, and how to end it. */
export interface RealPrometheus {
  readonly url: string;
  close(): Promise<void>;
}

const program = (process.env['PATH'] ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'prometheus'))
  .find(isExecutable);

/** Why tests with the real program are skipped; `undefined` where they run, as they always do in CI. */
export const skipReason =
  program === undefined && process.env['CI'] !== 'true'
    ? 'no program prometheus on the PATH; apt-get install prometheus brings it'
    : undefined;

/** Starts the real program on a free port, with a data directory of its own. */
export async function startPrometheus(targets: readonly StaticTarget[]): Promise<RealPrometheus> {
  if (program === undefined)
    throw new Error('CI has no program prometheus on the PATH; apt-get install prometheus in it');
  const folder = await mkdtemp(join(tmpdir(), 'observation-prometheus-'));
  const config = join(folder, 'prometheus.json');
  await writeFile(config, JSON.stringify(configOf(targets)));
  const child = spawn(
    program,
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, 'data')}`,
      '--web.listen-address=127.0.0.1:0',
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = once(child, 'exit');
  const close = async () => {
    child.kill();
    await exited;
    await rm(folder, { recursive: true });
  };
  let log = '';
  const listening = new Promise<string>((resolve) => {
    // The pipe is read on to the end: a program that nobody listens to is killed.
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log += text;
      const address = /Listening on.* address=(127\.0\.0\.1:\d+)/.exec(log)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
  const address = await Promise.race([listening, exited.then(() => undefined)]);
  if (address !== undefined) return { url: `http://${address}`, close };
  await close();
  throw new Error(`prometheus did not start:\n${log}`);
}

/** Prometheus reads YAML, and so JSON. */
function configOf(targets: readonly StaticTarget[]): object {
  return {
    global: { scrape_interval: '500ms', scrape_timeout: '500ms' },
    scrape_configs: [
      {
        job_name: 'kubernetes-pods',
        static_configs: targets.map(({ address, labels }) => ({ targets: [address], labels })),
      },
    ],
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
