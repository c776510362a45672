import { writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConflictError } from '@canary/rollout';
import { expect, it, onTestFinished } from 'vitest';
import { fileStore } from './file-store.ts';

async function emptyDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'canary-store-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

it('has nothing where nothing was saved, not even a directory', async () => {
  const store = fileStore(join(await emptyDirectory(), 'not', 'there'));
  expect(await store.load('rollout')).toBeUndefined();
  const version = await store.save('rollout', 1, undefined);
  expect(await store.load('rollout')).toEqual({ value: 1, version });
});

it('refuses to save over what was saved since', async () => {
  const store = fileStore(await emptyDirectory());
  const first = await store.save('rollout', { step: 1 }, undefined);
  await store.save('rollout', { step: 2 }, first);
  await expect(store.save('rollout', { step: 3 }, first)).rejects.toThrow(ConflictError);
  await expect(store.save('rollout', { step: 3 }, undefined)).rejects.toThrow(
    'Someone else saved "rollout" since it was loaded; load it again',
  );
  expect((await store.load('rollout'))?.value).toEqual({ step: 2 });
});

it('refuses a version of what was never saved', async () => {
  const store = fileStore(await emptyDirectory());
  await expect(store.save('rollout', 1, '7')).rejects.toThrow(ConflictError);
});

it('names the file that holds no JSON', async () => {
  const directory = await emptyDirectory();
  await writeFile(join(directory, 'rollout@1.json'), '{"half":');
  await expect(fileStore(directory).load('rollout')).rejects.toThrow(
    join(directory, 'rollout@1.json holds no JSON'),
  );
});

it('lets one only of many save at the same time', async () => {
  const directory = await emptyDirectory();
  const first = await fileStore(directory).save('rollout', -1, undefined);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) => fileStore(directory).save('rollout', index, first)),
  );
  const winners = outcomes.flatMap(({ status }, index) => (status === 'fulfilled' ? [index] : []));
  expect(winners).toHaveLength(1);
  expect((await fileStore(directory).load('rollout'))?.value).toBe(winners[0]);
});

it('keeps keys apart, whatever they are made of', async () => {
  const directory = await emptyDirectory();
  const store = fileStore(directory);
  const keys = ['a', 'a@1', 'a/b', '../a', 'a@1.json', '好'];
  for (const key of keys) await store.save(key, key, undefined);
  for (const key of keys) expect((await store.load(key))?.value).toBe(key);
  expect(await readdir(directory)).toHaveLength(keys.length);
});

it('keeps a few versions, and no drafts', async () => {
  const directory = await emptyDirectory();
  const store = fileStore(directory);
  let version: string | undefined;
  for (let save = 1; save <= 20; save++) version = await store.save('rollout', save, version);
  const names = async () => (await readdir(directory)).sort();
  // Another process may be about to take any of the numbers.
  expect(await names()).toHaveLength(20);
  const longAgo = new Date(Date.now() - 120_000);
  for (const name of await names()) await utimes(join(directory, name), longAgo, longAgo);
  await store.save('rollout', 21, version);
  expect((await store.load('rollout'))?.value).toBe(21);
  expect(await names()).toEqual([14, 15, 16, 17, 18, 19, 20, 21].map((n) => `rollout@${n}.json`));
});

it('has saved nothing where it comes so late that its version has been given and removed', async () => {
  const directory = await emptyDirectory();
  let now = 0;
  const store = fileStore(directory, () => now);
  const names = Array.from({ length: 8 }, (_, index) => `rollout@${index + 10}.json`);
  // It is written down after the look at the versions: 17 others are saved just then.
  const late = {
    toJSON: () => {
      for (const name of names) writeFileSync(join(directory, name), '"newer"');
      now += 60_000;
      return 'late';
    },
  };
  await expect(store.save('rollout', late, undefined)).rejects.toThrow(ConflictError);
  expect((await readdir(directory)).sort()).toEqual(names);
});

/** How often a watch of the key has told of a change. */
function watching(directory: string, key: string) {
  const ending = new AbortController();
  const state = { told: 0, isOver: false };
  const over = (async () => {
    const changes = fileStore(directory).watch!(key, ending.signal)[Symbol.asyncIterator]();
    while (!(await changes.next()).done) state.told++;
    state.isOver = true;
  })();
  onTestFinished(() => {
    ending.abort();
    return over.catch(() => undefined);
  });
  return { state, over, ending };
}

it('cannot be watched where nothing was saved yet', async () => {
  const { over } = watching(join(await emptyDirectory(), 'not', 'there'), 'rollout');
  await expect(over).rejects.toThrow('ENOENT');
});

it('tells of every save under the key by whomever, and of no other', async () => {
  const directory = await emptyDirectory();
  const { state, over, ending } = watching(directory, 'roll/out');
  await expect.poll(() => state.told).toBe(1);
  await fileStore(directory).save('other', 1, undefined);
  await fileStore(directory).save('roll/out2', 1, undefined);
  await fileStore(directory).save('roll/out', 1, undefined);
  await expect.poll(() => state.told).toBe(2);
  await fileStore(directory).save('roll/out', 2, '1');
  await expect.poll(() => state.told).toBe(3);
  ending.abort();
  await over;
});

it('ends its watch with the folder, as another one may take its place', async () => {
  const directory = join(await emptyDirectory(), 'rollouts');
  await fileStore(directory).save('rollout', 1, undefined);
  const { state } = watching(directory, 'rollout');
  await expect.poll(() => state.told).toBe(1);
  await rm(directory, { recursive: true });
  await expect.poll(() => state.isOver).toBe(true);
});
