import { expect, it } from 'vitest';
import { imageOf } from './image.ts';

it.each([
  '',
  'Shop:1',
  'shop:',
  'shop: 1',
  'https://registry.example/shop:1',
  'shop:1@sha256:abc',
  'shop=shop:1',
  'shop/',
  `shop:${'1'.repeat(129)}`,
  'a'.repeat(256),
  'a-'.repeat(100_000),
])('reads no image from %.40s', (reference) => {
  expect(imageOf(reference)).toBeUndefined();
});

it.each([
  ['shop', 'shop', undefined, undefined],
  ['shop:2.0.0', 'shop', '2.0.0', undefined],
  ['localhost:5000/shop', 'localhost:5000/shop', undefined, undefined],
  ['registry.example:5000/a/b__c:v1', 'registry.example:5000/a/b__c', 'v1', undefined],
  [`shop:1@sha256:${'a'.repeat(64)}`, 'shop', '1', `sha256:${'a'.repeat(64)}`],
])('reads %.40s', (reference, repository, tag, digest) => {
  expect(imageOf(reference)).toEqual({ repository, tag, digest });
});
