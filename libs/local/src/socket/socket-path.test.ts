import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { socketPath } from './socket-path.ts';

it('says of a folder that is too long for a socket that it is, unless it is near', () => {
  const long = join(tmpdir(), 'x'.repeat(90));
  expect(() => socketPath(long)).toThrow(
    new RegExp(`^the state folder ${long} is too long for a socket in it: .* of at most 95;`),
  );
  const near = join(process.cwd(), '.canary');
  expect(socketPath(near)).toBe(join('.canary', 'canary.sock'));
  expect(socketPath(relative(process.cwd(), near))).toBe(join('.canary', 'canary.sock'));
});
