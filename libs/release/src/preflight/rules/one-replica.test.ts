import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { oneReplica } from './one-replica.ts';

it.each([{ replicas: 1 }, { replicas: undefined }])('says what share it leaves: %j', (spec) => {
  const [line] = found(oneReplica, { shop: { spec } });
  expect(line).toMatch(/^info Deployment shop: it has one replica: .* half of the connections/);
});

it('finds nothing in two', () => {
  expect(found(oneReplica)).toEqual([]);
});
