import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';

/**
 * What counting costs the service: requests per second with and without metrics, in turns, so that
 * a machine whose speed drifts treats both alike. The limit that we set ourselves is 0.9.
 */
const ROUNDS = 5;
const SECONDS = 3;

const server = async (variant: string) => {
  const child = fork(fileURLToPath(new URL('counting-server.ts', import.meta.url)), [variant]);
  const [port] = (await once(child, 'message')) as [number];
  return { child, port };
};

const throughput = async (port: number, seconds: number) => {
  const result = await autocannon({
    url: `http://127.0.0.1:${String(port)}/`,
    connections: 32,
    duration: seconds,
  });
  if (result.non2xx > 0 || result.errors > 0) throw new Error(`${String(result.errors)} errors`);
  return result.requests.total / result.duration;
};

const write = (line: string) => process.stdout.write(`${line}\n`);
const median = (values: number[]) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

const [plain, counted] = await Promise.all([server('plain'), server('counted')]);
const children: ChildProcess[] = [plain.child, counted.child];
try {
  for (const { port } of [plain, counted]) await throughput(port, 1);
  const ratios: number[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    const without = await throughput(plain.port, SECONDS);
    const withMetrics = await throughput(counted.port, SECONDS);
    ratios.push(withMetrics / without);
    write(
      `round ${round}: ${without.toFixed(0)} requests/s without, ${withMetrics.toFixed(0)} with metrics: ${(withMetrics / without).toFixed(3)}`,
    );
  }
  write(`median ratio ${median(ratios).toFixed(3)} (wanted: at least 0.9)`);
} finally {
  for (const child of children) child.kill();
}
