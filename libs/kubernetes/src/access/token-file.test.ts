import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { tokenFile } from './token-file.ts';

async function newFile() {
  const folder = await mkdtemp(join(tmpdir(), 'canary-token-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return join(folder, 'token');
}

it('names the file that is not there, or empty', async () => {
  const file = await newFile();
  const token = tokenFile(file, undefined);
  expect(token).toThrow(
    `its tokenFile cannot be read: ENOENT: no such file or directory, open '${file}'`,
  );
  await writeFile(file, '\n');
  expect(token).toThrow(`its tokenFile ${file} is empty`);
});

it('has what is in the file now, without the line end, and the last one while it is gone', async () => {
  const file = await newFile();
  const token = tokenFile(file, 'given');
  expect(token()).toBe('given');
  await writeFile(file, 'first\n');
  expect(token()).toBe('first');
  await writeFile(file, 'second\n');
  expect(token()).toBe('second');
  await rm(file);
  expect(token()).toBe('second');
});
