import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readKubeconfigs } from './read-kubeconfigs.ts';

/** Files of these texts, by name. */
async function folderOf(files: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'canary-kubeconfigs-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return (...names: string[]) => names.map((name) => join(folder, name));
}

it.each([
  ['users:\n- name: me\n  user:\n    token: "canary-secret\n', /^line 5 is no YAML: MISSING_CHAR$/],
  ['users:\n- name: me\n\tuser: {token: canary-secret}\n', /^line \d is no YAML: \w+$/],
  ['users: canary-secret\n', /^users: Invalid input: expected array, received string$/],
  [
    'users:\n- name: me\n  user: {token: canary-secret}\n- name: me\n',
    /^it has two users of the name "me"$/,
  ],
])('refuses %j without showing what is in it', async (text, message) => {
  const [file = ''] = (await folderOf({ a: text }))('a');
  expect(() => readKubeconfigs([file])).toThrow(message);
});

it('merges files as kubectl does: the first one wins, and those that are not there are passed over', async () => {
  const paths = await folderOf({
    empty: '',
    a: 'users: [{name: me, user: {username: jane}}]\ncurrent-context: ""\n',
    b: 'users: [{name: me, user: {token: t}}, {name: you, user: {token: u}}]\ncurrent-context: first\n',
    c: 'clusters: [{name: 1, cluster: {server: s}}]\ncurrent-context: second\n',
  });
  const files = paths('nowhere', 'empty', 'a', 'b', 'c', 'a');
  const { users, clusters, currentContext, missing } = readKubeconfigs(files);
  expect([...users].map(([name, { body }]) => [name, body])).toEqual([
    ['me', { username: 'jane' }],
    ['you', { token: 'u' }],
  ]);
  expect([...clusters.keys()]).toEqual(['1']);
  expect(currentContext).toBe('first');
  expect(missing).toEqual(paths('nowhere'));
});
