import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { findingOf } from '../doctor-checks.ts';
import { localChecks, nodeVersion } from './local-checks.ts';

it.each(['18.20.4', '20.18.3'])('finds Node %s too old', (version) => {
  expect(() => nodeVersion(version)).toThrow(`v${version} is too old: install Node 20.19 or later`);
});

it.each(['20.19.0', '22.1.0', '24.0.0'])('finds Node %s good', (version) => {
  expect(nodeVersion(version)).toBe(`v${version}`);
});

it('says of each thing that is not there how to come by it', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'canary-doctor-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const look = async (state: string) => {
    const checks = localChecks({ on: 'local', namespace: 'canary', state }, directory);
    return Promise.all(checks.map(findingOf));
  };
  const near = join(directory, '.canary');
  expect(await look(near)).toMatchObject([
    { name: 'node', state: 'ok' },
    { name: 'state folder', state: 'ok', message: `${near}: canary up makes it` },
    {
      name: 'canary up',
      state: 'missing',
      message: expect.stringContaining(`start one with canary up --state ${near}`) as string,
    },
    {
      name: 'prometheus',
      state: 'absent',
      message: expect.stringContaining('install it (https://prometheus.io/download/)') as string,
    },
  ]);
  const lost = join(directory, 'not', 'there');
  expect((await look(lost))[1]).toEqual({
    name: 'state folder',
    state: 'ok',
    message: `${lost}: canary up makes it`,
  });
  const file = join(process.execPath, '.canary');
  expect((await look(file))[1]).toMatchObject({
    state: 'missing',
    message: `${file} cannot be written: name another with --state`,
  });
});
