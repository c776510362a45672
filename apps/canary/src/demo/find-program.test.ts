import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, it } from 'vitest';
import { findProgram } from './find-program.ts';

it('finds the first executable file of that name, and nothing else', async () => {
  const [one, two] = [await mkdtemp(join(tmpdir(), 'one-')), await mkdtemp(join(tmpdir(), 'two-'))];
  await writeFile(join(one, 'prometheus'), 'not executable');
  await writeFile(join(two, 'prometheus'), '#!/bin/sh\n');
  await chmod(join(two, 'prometheus'), 0o755);
  expect(await findProgram('prometheus', [one, two].join(delimiter))).toBe(join(two, 'prometheus'));
  expect(await findProgram('prometheus', one)).toBeUndefined();
  expect(await findProgram('prometheus', undefined)).toBeUndefined();
  await rm(one, { recursive: true });
  await rm(two, { recursive: true });
});
