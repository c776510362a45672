import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { notAsked } from './not-asked.ts';

it('says what is not known', () => {
  const unasked = [{ what: 'ResourceQuotas', why: 'the user "jane" may not list resourcequotas' }];
  expect(found(notAsked, { unasked })).toEqual([
    'warn Deployment shop: ResourceQuotas could not be asked for, so that nothing is known of what they are in the way of: the user "jane" may not list resourcequotas -> have a role bound that allows it, or see yourself that nothing of it is in the way',
  ]);
});

it('finds nothing where all was asked', () => {
  expect(found(notAsked)).toEqual([]);
});
