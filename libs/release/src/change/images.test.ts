import { expect, it } from 'vitest';
import { shop } from '../testing/shop.ts';
import { withImages } from './images.ts';

const { template } = shop({
  containers: [{ name: 'proxy', image: 'proxy:1' }],
  pod: { initContainers: [{ name: 'migrate', image: 'migrate:1' }] },
}).spec;

function imagesAfter(...images: string[]) {
  const { initContainers = [], containers } = withImages(template, images, 'Deployment shop').spec;
  return [...initContainers, ...containers].map(({ name, image }) => `${name}=${String(image)}`);
}

it('names the containers there are', () => {
  expect(() => imagesAfter('web=shop:2')).toThrow(
    'cannot set "web=shop:2": Deployment shop has no container "web"; it has migrate, shop, proxy',
  );
});

it.each([
  [
    'shop:2',
    'it names no container of Deployment shop; write container=image, such as shop=shop:2',
  ],
  [
    '=shop:2',
    'it names no container of Deployment shop; write container=image, such as shop=shop:2',
  ],
  ['shop=', '"" is no image; write it as'],
  ['shop=Shop:2', '"Shop:2" is no image'],
  ['shop=shop:2 ', '"shop:2 " is no image'],
])('refuses %j', (text, message) => {
  expect(() => imagesAfter(text)).toThrow(`cannot set "${text}": ${message}`);
});

it('sets several, those that run before the others too', () => {
  expect(imagesAfter('shop=shop:2', 'migrate=migrate:2')).toEqual([
    'migrate=migrate:2',
    'shop=shop:2',
    'proxy=proxy:1',
  ]);
});

it('sets all with a star', () => {
  expect(imagesAfter('*=shop:2', 'proxy=proxy:2')).toEqual([
    'migrate=shop:2',
    'shop=shop:2',
    'proxy=proxy:2',
  ]);
});
