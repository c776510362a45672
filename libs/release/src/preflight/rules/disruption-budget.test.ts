import { expect, it } from 'vitest';
import { found } from '../../testing/facts.ts';
import { disruptionBudget } from './disruption-budget.ts';

const budget = (spec: object) => ({ disruptionBudgets: [{ metadata: { name: 'shop' }, spec }] });
const own = { matchLabels: { app: 'shop' } };

it.each([
  ['minAvailable', { selector: own, minAvailable: 1 }, 'its minAvailable 1 may be met by them'],
  ['maxUnavailable', { selector: own, maxUnavailable: '50%' }, 'its maxUnavailable 50% is of both'],
  ['a selector of all', { selector: {}, minAvailable: 1 }, "it counts the canary's pods, too"],
])('says that it counts the canary: %s', (_, spec, message) => {
  const [line] = found(disruptionBudget, budget(spec));
  expect(line).toMatch(/^info PodDisruptionBudget shop: /);
  expect(line).toContain(message);
});

it.each([{ selector: { matchLabels: { app: 'cart' } } }, { selector: null }, {}])(
  'finds nothing in %j',
  (spec) => {
    expect(found(disruptionBudget, budget(spec))).toEqual([]);
  },
);
