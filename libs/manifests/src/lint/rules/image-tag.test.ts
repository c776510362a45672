import { expect, it } from 'vitest';
import { deployment } from '../testing/objects.ts';
import { problems } from '../testing/problems.ts';
import { imageTag } from './image-tag.ts';

const run = (image: string) =>
  problems(imageTag, deployment({ container: `image: ${JSON.stringify(image)}` }));

it.each([
  ['web', 'no tag'],
  ['web:latest', 'the tag latest'],
  ['registry.example:5000/shop/web', 'no tag'],
  ['registry.example:5000/shop/web:latest', 'the tag latest'],
])('finds %s', (image, what) => {
  expect(run(image)).toEqual([`8: Deployment web: image "${image}" of container main has ${what}`]);
});

it.each([
  'web:1.0',
  'registry.example:5000/web:1.0',
  'web@sha256:0123',
  'web:latest@sha256:0123',
  '${IMAGE}',
  '{{ .image }}',
  '',
])('lets %s be', (image) => {
  expect(run(image)).toEqual([]);
});
