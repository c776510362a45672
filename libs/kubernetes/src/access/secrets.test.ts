import { expect, it } from 'vitest';
import { newSecrets, printable } from './secrets.ts';

it('hides secrets wherever they are, the longer one first', () => {
  const { add, hide } = newSecrets();
  add('abc', 'abcdef', '', undefined);
  expect(hide('token abcdef, abc; ab')).toBe('token [hidden], [hidden]; ab');
});

it('makes one line of what a program wrote, without its colours', () => {
  expect(printable('\u001b[31mError:\u001b[0m no login\r\n\n  run\tlogin\u0007\n', 100)).toBe(
    'Error: no login | run login',
  );
});

it('keeps the end of what is too long', () => {
  expect(printable('abcdefgh', 4)).toBe('…fgh');
});
