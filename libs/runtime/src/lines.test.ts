import { expect, it } from 'vitest';
import { lines } from './lines.ts';

it.each([
  ['leaves out a last line that was cut off', ['one\ntw'], ['one']],
  ['puts a line together that comes in parts', ['o', 'ne\n\nt', 'wo\n'], ['one', 'two']],
])('%s', async (_, parts, expected) => {
  const seen: string[] = [];
  for await (const line of lines(parts)) seen.push(line);
  expect(seen).toEqual(expected);
});
