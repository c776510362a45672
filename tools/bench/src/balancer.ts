import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { knownImages, startLocalPlatform } from '@canary/local';
import { APP_PORT, parseParameters, renderObjects, SERVICE_NAME } from '@canary/manifests';

/**
 * How many new connections per second the embedded platform's balancer takes to two replicas that
 * answer at once, with wrk on the same machine. The limit that we set ourselves is 3,000 on two cores.
 */
const ROUNDS = 5;
const SECONDS = 5;
const WRK = ['-t1', '-c50', `-d${String(SECONDS)}s`, '-H', 'Connection: close'];

const myapp = fileURLToPath(new URL('../../../apps/myapp/dist/main.cjs', import.meta.url));
const stateDirectory = await mkdtemp(join(tmpdir(), 'canary-bench-'));
const images = knownImages({ myapp, prometheus: undefined });
const platform = await startLocalPlatform({ images, stateDirectory });
try {
  const parameters = parseParameters({ replicas: 2, env: { LATENCY_MS: '0' } });
  const { namespace } = parameters;
  await platform.apply(renderObjects(['v1'], parameters));
  const ready = platform.watch(
    { namespace, labels: { appname: 'myapp' } },
    AbortSignal.timeout(30_000),
  );
  for await (const [workload] of ready) if (workload?.readyReplicas === 2) break;

  const url = `http://${platform.serviceAddress(namespace, SERVICE_NAME, APP_PORT)}/`;
  const rates: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const rate = await connectionsPerSecond(url);
    // The first round warms up.
    if (round > 0) rates.push(rate);
    process.stdout.write(
      `${round === 0 ? 'warm-up' : `round ${round}`}: ${rate.toFixed(0)} connections/s\n`,
    );
  }
  const median = rates.sort((a, b) => a - b)[Math.floor(rates.length / 2)];
  process.stdout.write(
    `median ${(median ?? 0).toFixed(0)} connections/s (wanted: at least 3000)\n`,
  );
} finally {
  await platform.stop();
  await rm(stateDirectory, { recursive: true, force: true });
}

/** Not synchronous: the balancer lives in this process. */
async function connectionsPerSecond(url: string): Promise<number> {
  const { stdout } = await promisify(execFile)('wrk', [...WRK, url]);
  if (/Socket errors|Non-2xx/.test(stdout)) throw new Error(`wrk saw errors:\n${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}
