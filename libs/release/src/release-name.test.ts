import { expect, it } from 'vitest';
import { releaseNameOf } from './release-name.ts';
import { shop, type Shop } from './testing/shop.ts';

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const image = (name: string, more: Shop = {}): Shop => ({ ...more, container: { image: name } });
const name = (before: Shop, after: Shop) =>
  releaseNameOf(shop(before).spec.template, shop(after).spec.template);

it.each<[string, Shop, Shop]>([
  ['nothing that people call it by differs', {}, { container: { command: ['x'] } }],
  ['the same tag comes from another registry', image('a/shop:1'), image('b/shop:1')],
  ['a tag is gone', image('shop:1'), image('shop')],
])('is a hash where %s', (_, before, after) => {
  expect(name(before, after)).toMatch(/^[0-9a-f]{8}$/);
});

it('is the version that the pods are labelled with, where it differs', () => {
  const labelled = (version: string, more: Shop) => ({
    ...more,
    labels: { 'app.kubernetes.io/version': version, release: 'r' },
  });
  expect(name(labelled('1', image('shop:a')), labelled('2', image('shop:b')))).toBe('2');
  expect(name(labelled('1', image('shop:a')), labelled('1', image('shop:b')))).toBe('b');
  expect(name({ labels: { release: 'r1' } }, { labels: { release: 'r2' } })).toBe('r2');
});

it("is the tag of the changed container's image, the app's before what runs before it", () => {
  const pod = (tag: string) => ({ pod: { initContainers: [{ name: 'i', image: `i:${tag}` }] } });
  expect(name(image('shop:1', pod('5')), image('shop:2', pod('6')))).toBe('2');
  expect(name(image('shop:1', pod('5')), image('shop:1', pod('6')))).toBe('6');
});

it('is the beginning of the digest where the tags do not differ', () => {
  expect(name(image(`shop@${digest('a')}`), image(`shop@${digest('b')}`))).toBe('b'.repeat(12));
  expect(name(image(`shop:1@${digest('a')}`), image(`shop:1@${digest('c')}`))).toBe('c'.repeat(12));
});
