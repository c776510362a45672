import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { volumeSchema } from './pod-schema.ts';
import { writeVolumes } from './volumes.ts';

async function write(volume: Record<string, unknown>, data: Record<string, string> = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'canary-volumes-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const metadata = { name: 'files', namespace: 'shop', labels: {}, annotations: {} };
  const configMap = (name: string) =>
    name === 'files'
      ? {
          apiVersion: 'v1' as const,
          kind: 'ConfigMap' as const,
          metadata,
          data,
          binaryData: { b: 'AAE=' },
        }
      : undefined;
  const sources = { namespace: 'shop', directory, configMap };
  const directories = await writeVolumes([volumeSchema.parse({ name: 'v', ...volume })], sources);
  return directories.get('v') ?? '';
}

it('names the ConfigMap, or the key, that is not there', async () => {
  await expect(write({ configMap: { name: 'other' } })).rejects.toThrow(
    'configmap "other" not found',
  );
  const items = [{ key: 'no', path: 'x' }];
  await expect(write({ configMap: { name: 'files', items } })).rejects.toThrow(
    'key "no" of configmap "files" not found in namespace shop',
  );
});

it('writes nothing outside of the volume', async () => {
  const items = [{ key: 'a', path: '../../../a' }];
  const directory = await write({ configMap: { name: 'files', items } }, { a: 'A' });
  expect(await readdir(directory)).toEqual(['a']);
});

it('writes a file for each key of a ConfigMap', async () => {
  const directory = await write({ configMap: { name: 'files' } }, { 'prometheus.yml': 'a: 1\n' });
  expect((await readdir(directory)).sort()).toEqual(['b', 'prometheus.yml']);
  expect(await readFile(join(directory, 'prometheus.yml'), 'utf8')).toBe('a: 1\n');
  expect([...(await readFile(join(directory, 'b')))]).toEqual([0, 1]);
});

it('writes the chosen keys only, to their paths', async () => {
  const items = [{ key: 'a', path: 'deep/down/A' }];
  const directory = await write({ configMap: { name: 'files', items } }, { a: 'A', c: 'C' });
  expect(await readdir(directory)).toEqual(['deep']);
  expect(await readFile(join(directory, 'deep/down/A'), 'utf8')).toBe('A');
});

it('leaves an emptyDir empty', async () => {
  expect(await readdir(await write({ emptyDir: {} }))).toEqual([]);
});
