import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { shellWords } from './shell-words.ts';

it.each([
  ["node 'app.mjs", "' is not closed"],
  ['node "app.mjs', '" is not closed'],
  ['node app.mjs\\', '\\ is not closed'],
  ['node app.mjs --port $PORT', 'no shell is run that would understand $'],
  ['node app.mjs "--port=$PORT"', 'no shell is run that would understand $'],
  ['node app.mjs && true', "understand &: write it as sh -c '...', or quote it"],
  ['node app.mjs > log', 'no shell is run that would understand >'],
])('refuses %s', (text, message) => {
  expect(() => shellWords(text)).toThrow(message);
});

it.each([
  '',
  '  node   app.mjs ',
  `sh -c 'exec node app.mjs --port "$PORT" > log'`,
  `node -e 'console.log("a\\n")' ''`,
  String.raw`node "a \"quoted\" \$word \n" it\'s\ one b"c d"e'f'`,
  'node "a; b & c" --x=y',
])('takes %s apart as a shell does', (text) => {
  const byShell = execFileSync('/bin/sh', ['-c', `printf '%s\\0' ${text}`], { encoding: 'utf8' });
  const words = byShell.split('\0').slice(0, -1);
  expect(shellWords(text)).toEqual(text === '' ? [] : words);
});
