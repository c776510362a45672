import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { recreate } from './recreate.ts';

const strategy = (type: string) => ({ shop: { spec: { strategy: { type } } } });

it('warns of Recreate', () => {
  const [line] = found(recreate, strategy('Recreate'));
  expect(line).toMatch(
    /^warn Deployment shop: its strategy is Recreate: when it takes the release/,
  );
});

it('finds nothing in a rolling update', () => {
  expect(found(recreate, strategy('RollingUpdate'))).toEqual([]);
  expect(found(recreate)).toEqual([]);
});
