import { text } from 'node:stream/consumers';
import { runProgram } from './program.ts';

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    ending.abort(signal);
  });
}
// `canary render v1 | head` closes the pipe early; that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runProgram(process.argv.slice(2), {
  env: process.env,
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
  terminal: process.stdout.isTTY ? process.stdout : undefined,
  input: () => text(process.stdin),
  // Each is loaded only where it is needed: one brings a Kubernetes client.
  connect: async (options) =>
    options.on === 'local'
      ? (await import('./site/local-site.ts')).localSite(options)
      : (await import('./site/kubernetes-site.ts')).kubernetesSite(options),
  signal: ending.signal,
});
