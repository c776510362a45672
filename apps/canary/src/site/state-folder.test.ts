import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { clearStateFolder, isStateFolder, openStateFolder } from './state-folder.ts';

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'canary-state-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

it('does not take a folder with files of others, and leaves them as they are', async () => {
  const directory = await emptyDirectory();
  await mkdir(join(directory, 'logs'));
  await expect(openStateFolder(directory)).rejects.toThrow(
    `--state ${directory} is no state folder of canary up: it has logs; name an empty folder`,
  );
  expect(await readdir(directory)).toEqual(['logs']);
});

it('does not take a file', async () => {
  const file = join(await emptyDirectory(), 'file');
  await writeFile(file, '');
  await expect(openStateFolder(file)).rejects.toThrow(`--state ${file} cannot be made: EEXIST`);
});

it('is made for this user alone, outside of any repository, and found again', async () => {
  const state = join(await emptyDirectory(), 'a', '.canary');
  expect(await isStateFolder(state)).toBe(false);
  await openStateFolder(state);
  await openStateFolder(state);
  expect((await stat(state)).mode & 0o777).toBe(0o700);
  expect(await readFile(join(state, '.gitignore'), 'utf8')).toContain('\n*\n');
  expect(await isStateFolder(state)).toBe(true);
});

it('loses what a platform has left, and nothing else', async () => {
  const state = await emptyDirectory();
  await openStateFolder(state);
  for (const name of ['rollouts', 'logs', 'pods', 'mine'])
    await mkdir(join(state, name, 'x'), { recursive: true });
  await clearStateFolder(state);
  expect((await readdir(state)).sort()).toEqual(['.gitignore', 'mine']);
});
