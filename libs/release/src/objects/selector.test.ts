import { expect, it } from 'vitest';
import { matches, selectorText } from './selector.ts';

const expression = (operator: string, ...values: string[]) => ({
  matchExpressions: [{ key: 'tier', operator, values }],
});

it('matches nothing where nothing is asked for', () => {
  expect(matches({}, { app: 'shop' })).toBe(false);
});

it.each([
  ['In', ['web'], ['web']],
  ['NotIn', ['web'], ['api', undefined]],
  ['Exists', [], ['web', 'api']],
  ['DoesNotExist', [], [undefined]],
])('reads %s %j', (operator, values, matching) => {
  const selector = expression(operator, ...values);
  const labels = (tier: string | undefined) => (tier === undefined ? {} : { tier });
  expect(['web', 'api', undefined].filter((tier) => matches(selector, labels(tier)))).toEqual(
    matching,
  );
});

it('wants all that it asks for', () => {
  const selector = { matchLabels: { app: 'shop' }, ...expression('Exists') };
  expect(matches(selector, { app: 'shop' })).toBe(false);
  expect(matches(selector, { app: 'shop', tier: '' })).toBe(true);
});

it('is written as kubectl reads it', () => {
  expect(selectorText({ matchLabels: { app: 'shop' }, ...expression('In', 'web', 'api') })).toBe(
    'app=shop,tier in (web,api)',
  );
  expect(selectorText(expression('DoesNotExist'))).toBe('!tier');
});
