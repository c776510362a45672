import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { volumeClaim } from './volume-claim.ts';

const shop = {
  pod: { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'shop-data' } }] },
};
const claim = (...accessModes: string[]) => [
  { metadata: { name: 'shop-data' }, spec: { accessModes } },
];

it.each(['ReadWriteOnce', 'ReadWriteOncePod'])('refuses %s', (mode) => {
  const [line] = found(volumeClaim, { shop, volumeClaims: claim(mode) });
  expect(line).toMatch(`refuse PersistentVolumeClaim shop-data: it is ${mode}: the canary's pods`);
});

it('refuses one that is not there, unless nobody could ask', () => {
  expect(found(volumeClaim, { shop })[0]).toContain('shop-data, which does not exist');
  const unasked = [{ what: 'PersistentVolumeClaims', why: 'forbidden' }];
  expect(found(volumeClaim, { shop, unasked })).toEqual([]);
});

it.each([
  ['a volume of many', { shop, volumeClaims: claim('ReadWriteOnce', 'ReadWriteMany') }],
  ["others' volumes", { volumeClaims: claim('ReadWriteOnce') }],
  ['a volume of each pod', { shop: { pod: { volumes: [{ name: 'd', ephemeral: {} }] } } }],
])('finds nothing in %s', (_, situation) => {
  expect(found(volumeClaim, situation)).toEqual([]);
});
