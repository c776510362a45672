import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, it, onTestFinished } from 'vitest';
import { fileStore } from './file-store.ts';

const TIMES = 100;

it('loses no save of several processes that save at the same time', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'canary-processes-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const program = join(directory, 'sign.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./testing/sign.ts', import.meta.url))],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@canary/source'],
  });
  const store = join(directory, 'store');
  const names = ['a', 'b', 'c'];
  await Promise.all(
    names.map((name) =>
      promisify(execFile)(process.execPath, [program, store, name, String(TIMES)]),
    ),
  );
  const signatures = (await fileStore(store).load<readonly string[]>('list'))?.value ?? [];
  for (const name of names) {
    const own = signatures.filter((signature) => signature.startsWith(name));
    expect(own).toEqual(Array.from({ length: TIMES }, (_, index) => `${name} ${index + 1}`));
  }
});
