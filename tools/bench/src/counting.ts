import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { build } from 'esbuild';

/**
 * What counting costs the service: requests per second to `/` of the very service, and of the same
 * with a metrics library that does nothing, in turns, so that a machine whose speed drifts treats
 * both alike. The limit that we set ourselves is 0.9.
 */
const ROUNDS = 9;
const SECONDS = 3;

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const folder = await mkdtemp(join(tmpdir(), 'canary-bench-'));

/** The service as a process, on a free port. */
async function service(name: string, alias: Record<string, string>) {
  const outfile = join(folder, `${name}.cjs`);
  await build({
    entryPoints: [path('../../../apps/myapp/src/main.ts')],
    outfile,
    alias,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    conditions: ['@canary/source'],
  });
  const env = { ...process.env, PORT: '0', LATENCY_MS: '0', DRAIN_SECONDS: '0', NODE_OPTIONS: '' };
  const child = spawn(process.execPath, [outfile], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, port: (JSON.parse(line) as { port: number }).port };
}

async function throughput(port: number, seconds: number): Promise<number> {
  const url = `http://127.0.0.1:${port}/`;
  const result = await autocannon({ url, connections: 32, duration: seconds });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${result.errors} errors at ${url}`);
  return result.requests.total / result.duration;
}

const write = (line: string) => process.stdout.write(`${line}\n`);
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const counted = await service('counted', {});
const plain = await service('plain', { '@canary/metrics': path('no-metrics.ts') });
try {
  for (const { port } of [plain, counted]) await throughput(port, 2);
  const ratios: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const without = await throughput(plain.port, SECONDS);
    const withMetrics = await throughput(counted.port, SECONDS);
    ratios.push(withMetrics / without);
    const ratio = (withMetrics / without).toFixed(3);
    write(
      `round ${round}: ${without.toFixed(0)} requests/s without, ${withMetrics.toFixed(0)} with metrics: ${ratio}`,
    );
  }
  write(`median ratio ${median(ratios).toFixed(3)} (wanted: at least 0.9)`);
} finally {
  for (const { child } of [plain, counted]) child.kill();
  await rm(folder, { recursive: true });
}
