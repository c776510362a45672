import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prometheusHeaders } from './header-file.ts';

describe('prometheusHeaders', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'canary-headers-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });
  const written = async (text: string, name = 'headers') => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  it('names a file that is not there', async () => {
    await expect(prometheusHeaders(join(folder, 'gone'), {})).rejects.toThrow(
      /cannot read the headers for Prometheus from .*gone: name a file/,
    );
  });

  it.each(['Bearer secret', ': secret', 'A B: secret', 'A: sec\0ret'])(
    'names the line that is no header, and not what it says: %j',
    async (line) => {
      const path = await written(`X-Scope: 1\n${line}\n`);
      const error = await prometheusHeaders(path, {}).catch((one: unknown) => one as Error);
      expect((error as Error).message).toBe(
        `${path}, line 2: that is no header: write Name: value`,
      );
      expect((error as Error).cause).toBeUndefined();
    },
  );

  it('reads a line for each header, but comments and blank ones', async () => {
    const path = await written('# login\r\nAuthorization: Bearer a:b\r\n\r\nX-Scope-OrgID: 1\r\n');
    expect(await prometheusHeaders(path, {})).toEqual({
      authorization: 'Bearer a:b',
      'x-scope-orgid': '1',
    });
  });

  it('has none without a file, and takes the one that the environment names first', async () => {
    expect(await prometheusHeaders(undefined, {})).toEqual({});
    const env = { CANARY_PROMETHEUS_HEADER_FILE: await written('A: 2', 'other') };
    expect(await prometheusHeaders(await written('A: 1'), env)).toEqual({ a: '2' });
  });
});
