import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { controlledBy } from './controlled-by.ts';

const owned = (controller: boolean | undefined) => ({
  metadata: { ownerReferences: [{ kind: 'Shop', name: 'main', uid: 'u', controller }] },
});

it('warns of an operator that may take the template back', () => {
  const [line] = found(controlledBy, { shop: owned(true) });
  expect(line).toMatch(/^warn Deployment shop: Shop main makes it, and whatever acts for it may/);
});

it('finds nothing where nobody controls it', () => {
  expect(found(controlledBy, { shop: owned(false) })).toEqual([]);
  expect(found(controlledBy, { shop: owned(undefined) })).toEqual([]);
  expect(found(controlledBy)).toEqual([]);
});
