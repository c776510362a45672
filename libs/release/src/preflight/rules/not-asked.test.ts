import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { notAsked } from './not-asked.ts';

it('says what is not known', () => {
  const unasked = [{ what: 'ResourceQuotas', why: 'the user "jane" may not list resourcequotas' }];
  expect(found(notAsked, { unasked })).toEqual([
    'warn Deployment shop: it is not known whether ResourceQuotas are in the way: the user "jane" may not list resourcequotas -> have a role bound that allows it, or see yourself that nothing of it is in the way',
  ]);
});

it('finds nothing where all was asked', () => {
  expect(found(notAsked)).toEqual([]);
});
