import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runningProcesses } from './testing/processes.ts';
import { Child } from './child.ts';

async function start(command: string, ...args: string[]) {
  const directory = await mkdtemp(join(tmpdir(), 'canary-child-'));
  const file = join(directory, 'log');
  const log = await open(file, 'a');
  const env = { PATH: process.env['PATH'] ?? '' };
  const child = new Child({ command, args, env, cwd: directory, log: log.fd });
  await log.close();
  onTestFinished(async () => {
    child.kill();
    await child.exited;
    await rm(directory, { recursive: true });
  });
  return { child, printed: () => readFile(file, 'utf8') };
}

/** Every process of the group of which this process is the leader. */
function group(leader: number | undefined): number[] {
  return runningProcesses()
    .filter((running) => running.group === leader)
    .map(({ pid }) => pid);
}

it('tells of a command that is not there', async () => {
  const { child, printed } = await start('no-such-program');
  expect(await child.exited).toEqual({ code: 127, signal: null });
  expect(await printed()).toContain('no-such-program');
});

it('tells how the command ended, and what it printed', async () => {
  const { child, printed } = await start('sh', '-c', 'echo out; echo err >&2; exit 3');
  expect(await child.exited).toEqual({ code: 3, signal: null });
  expect(await printed()).toBe('out\nerr\n');
});

it('gives the command its arguments as they are, and no more environment than it is told', async () => {
  const script = 'console.log(JSON.stringify([process.argv.slice(1), Object.keys(process.env)]))';
  const { child, printed } = await start(process.execPath, '-e', script, '--', 'a b', '$HOME', "'");
  await child.exited;
  const [args, names] = JSON.parse(await printed()) as [string[], string[]];
  expect(args).toEqual(['a b', '$HOME', "'"]);
  // A shell adds these, and only these.
  expect(names.filter((name) => !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(name))).toEqual(['PATH']);
});

it('asks the command alone to end', async () => {
  const { child } = await start('sleep', '60');
  child.terminate();
  expect(await child.exited).toEqual({ code: null, signal: 'SIGTERM' });
});

it('ends what the command has started, when the command ends', async () => {
  const { child } = await start('sh', '-c', 'sleep 60 & sleep 60 & exit 0');
  await child.exited;
  await expect.poll(() => group(child.pid)).toEqual([]);
});

it('ends a command that ignores what it is asked', async () => {
  const { child, printed } = await start('sh', '-c', 'trap "" TERM; echo on; while :; do :; done');
  await expect.poll(printed).toBe('on\n');
  child.terminate();
  child.kill();
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
  await expect.poll(() => group(child.pid)).toEqual([]);
});

it('ends the command when its watcher is killed', async () => {
  const { child } = await start('sleep', '60');
  await expect.poll(() => group(child.pid)).toHaveLength(2);
  const watcher = group(child.pid).find((pid) => pid !== child.pid);
  process.kill(watcher ?? 0, 'SIGKILL');
  expect(await child.exited).toEqual({ code: null, signal: 'SIGKILL' });
});
