import { fileURLToPath } from 'node:url';
import { deployment } from '@canary/rollout/contract/objects';
import { startLocalPlatform } from '../start-local-platform.ts';
import { fastClock } from './fast-clock.ts';

/**
 * A program with a platform, for the tests of what is left of it. Its arguments: the state
 * directory, which every process that it starts has in its command line, and the server script.
 * It says `ready` when everything runs, and on standard input takes how it is to end.
 */
const [directory = '', serverScript = fileURLToPath(import.meta.url)] = process.argv.slice(2);

const scripts: Readonly<Record<string, readonly string[]>> = {
  server: [process.execPath, serverScript],
  stuck: [process.execPath, '-e', 'process.on("SIGTERM", () => {}); for (;;);'],
  foreign: ['sh', '-c', 'sleep 60; :'],
  family: ['sh', '-c', 'sh -c "sleep 60; :" "$0" & sh -c "trap : TERM; sleep 60; :" "$0" & wait'],
};

const platform = await startLocalPlatform({
  stateDirectory: directory,
  clock: fastClock(),
  images: Object.entries(scripts).map(([name, [command = '', ...args]]) => ({
    matches: (image) => image === name,
    command: ({ ports }) => ({
      command,
      args: [...args, directory],
      env: { PORT: String(ports.get(5555)) },
    }),
  })),
});
const names = Object.keys(scripts);
await platform.apply(
  names.map((name) => {
    const container = name === 'server' ? {} : { readinessProbe: undefined };
    const pod = { terminationGracePeriodSeconds: 0 };
    return deployment({ name, image: name, replicas: name === 'server' ? 2 : 1, container, pod });
  }),
);

const everything = { namespace: 'default', labels: {} };
for await (const workloads of platform.watch(everything, new AbortController().signal))
  if (workloads.every(({ replicas, readyReplicas }) => replicas === readyReplicas)) break;

process.stdin.once('data', (how) => {
  if (how.toString() === 'stop') void platform.stop().then(() => process.stdin.destroy());
  else if (how.toString() === 'exit') process.exit(0);
  else throw new Error('as it was told');
});
process.stdout.write('ready\n');
