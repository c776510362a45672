import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { runningProcesses } from './testing/processes.ts';

const sourceOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));

let directory = '';
let bundle = '';

/** The program as one file, as it is shipped: nothing may be found by its place beside a source. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'canary-parent-'));
  bundle = join(directory, 'parent.mjs');
  await build({
    entryPoints: [sourceOf('./testing/parent.ts')],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@canary/source'],
  });
});
afterAll(() => rm(directory, { recursive: true, force: true }));

async function startParent() {
  const state = await mkdtemp(join(directory, 'state-'));
  const parent = spawn(process.execPath, [bundle, state, sourceOf('./testing/server.mjs')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  await once(parent.stdout, 'data');
  const left = () =>
    runningProcesses().filter(({ pid, command }) => command.includes(state) && pid !== parent.pid);
  // A process and its watcher for each of 5 replicas, and 2 that one of them has started.
  expect(left().length).toBeGreaterThanOrEqual(12);
  const groups = new Set(left().map(({ group }) => group));
  onTestFinished(() => {
    for (const { pid } of left()) process.kill(pid, 'SIGKILL');
  });
  return { parent, groups, left };
}

it.each([
  ['is killed', 'SIGKILL'],
  ['is interrupted, as by Ctrl-C', 'SIGINT'],
  ['is asked to end', 'SIGTERM'],
  ['exits without stopping', 'exit'],
  ['fails', 'fail'],
  ['stops', 'stop'],
] as const)('leaves no process behind when the program %s', async (_, how) => {
  const { parent, groups, left } = await startParent();
  if (how.startsWith('SIG')) parent.kill(how as NodeJS.Signals);
  else parent.stdin.write(how);
  await once(parent, 'exit');
  await expect.poll(left, { timeout: 2000 }).toEqual([]);
  expect(runningProcesses().filter(({ group }) => groups.has(group))).toEqual([]);
});
