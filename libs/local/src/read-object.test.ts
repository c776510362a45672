import { expect, it } from 'vitest';
import { knowsKind } from './read-object.ts';

it.each([
  ['StatefulSet', false],
  ['Secret', false],
  ['toString', false],
  ['Deployment', true],
  ['ServiceAccount', true],
])('knows of the kind %s whether it is taken: %s', (kind, isTaken) => {
  expect(knowsKind(kind)).toBe(isTaken);
});
