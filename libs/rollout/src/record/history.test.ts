import { expect, it } from 'vitest';
import { HISTORY_BOUNDS, remember, type History } from './history.ts';

const entry = (at: number, why = '') => ({ at, what: 'x', why, figures: {} });

it('is bounded: the first entries and the newest stay, and the gap is counted', () => {
  let history: History = { history: [], forgotten: 0 };
  for (let at = 0; at < 1000; at++) history = remember(history, entry(at));
  const { first, newest } = HISTORY_BOUNDS;
  expect(history.history).toHaveLength(first + newest);
  expect(history.forgotten).toBe(1000 - first - newest);
  expect(history.history.map(({ at }) => at).slice(first - 1, first + 1)).toEqual([19, 820]);
  expect(history.history.at(-1)?.at).toBe(999);
});

it('cuts what a platform may say at length', () => {
  const { history } = remember({ history: [], forgotten: 0 }, entry(0, 'x'.repeat(10_000)));
  expect(history[0]?.why).toHaveLength(HISTORY_BOUNDS.letters);
});
