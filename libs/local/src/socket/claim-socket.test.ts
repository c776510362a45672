import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startServedPlatform } from '../testing/served-platform.ts';
import { claimSocket } from './claim-socket.ts';
import { remoteLocalPlatform } from './remote-platform.ts';
import { servePlatform } from './serve-platform.ts';

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'canary-claim-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

it('is for this user alone', async () => {
  const { directory, close } = await startServedPlatform();
  onTestFinished(close);
  expect((await stat(join(directory, 'canary.sock'))).mode & 0o777).toBe(0o600);
});

it('names the process that has the state folder, and leaves it its socket', async () => {
  const { directory, platform, remote, close } = await startServedPlatform();
  onTestFinished(close);
  await expect(servePlatform({ platform, stateDirectory: directory })).rejects.toThrow(
    new RegExp(`${directory} is held by another canary up, process ${process.pid}, since 20`),
  );
  expect(await remote.list({ namespace: 'default', labels: {} })).toEqual([]);
});

it('replaces the socket of a process that was killed', async () => {
  const directory = await emptyDirectory();
  const script = `require('node:net').createServer().listen(process.argv[1], () => console.log('listens'))`;
  const killed = spawn(process.execPath, ['-e', script, join(directory, 'canary.sock')]);
  await once(killed.stdout, 'data');
  killed.kill('SIGKILL');
  await once(killed, 'exit');
  expect(await readdir(directory)).toEqual(['canary.sock']);
  const remote = remoteLocalPlatform({ stateDirectory: directory });
  await expect(remote.info()).rejects.toThrow('no embedded platform runs');

  const server = createServer((_, response) => response.end('{"pid":7,"startedAt":0}'));
  await claimSocket(server, directory);
  onTestFinished(() => void server.close());
  expect(await remote.info()).toEqual({ pid: 7, startedAt: 0 });
  expect(await readdir(directory)).toEqual(['canary.sock']);
});

it('lets one only of many have the folder', async () => {
  const directory = await emptyDirectory();
  for (let round = 0; round < 10; round++) {
    const servers = Array.from({ length: 5 }, (_, pid) =>
      createServer((_request, response) => response.end(JSON.stringify({ pid, startedAt: 0 }))),
    );
    const outcomes = await Promise.allSettled(
      servers.map((server) => claimSocket(server, directory)),
    );
    const winners = outcomes.flatMap(({ status }, pid) => (status === 'fulfilled' ? [pid] : []));
    expect(winners).toHaveLength(1);
    const info = await remoteLocalPlatform({ stateDirectory: directory }).info();
    expect(info.pid).toBe(winners[0]);
    servers[winners[0]!]!.close();
  }
});
