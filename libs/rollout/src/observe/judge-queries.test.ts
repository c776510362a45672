import { describe, expect, it } from 'vitest';
import type { Judge, Verdict } from '../ports/judge.ts';
import { judgeQueries, queryProblems, type QueryGate } from './judge-queries.ts';

const { signal } = new AbortController();
const context = {
  ...{ rollout: 'r1', app: 'shop', stage: 1, startedAt: 0 },
  stable: { release: '1', replicas: 4 },
  canary: { release: '2', replicas: 1 },
};
const saying = (verdict: Verdict): Judge => ({
  begin: () => undefined,
  look: () => Promise.resolve({ verdict, reason: 'so it is', evidence: {}, requests: { 2: 5 } }),
  state: () => 'own',
  restore: () => undefined,
});
const gate: QueryGate = { name: 'queue', query: 'max(queue)', max: 10, min: 1 };

/** The opinions of looks at which the query gives these values, or an error. */
async function judged(
  values: readonly (readonly number[] | Error)[],
  verdict: Verdict = 'promote',
  own: Partial<QueryGate> = {},
) {
  const left = [...values];
  const ask = () => {
    const next = left.shift()!;
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next);
  };
  const judge = judgeQueries(saying(verdict), [{ ...gate, ...own }], { ask });
  judge.begin(context);
  const opinions = [];
  while (left.length > 0) opinions.push(await judge.look(signal));
  return opinions;
}

describe('judgeQueries', () => {
  it.each([
    ['cannot be read', new Error('bad_data: no'), 'queue: bad_data: no'],
    ['is empty', [], 'queue: max(queue) has no value'],
    ['is NaN', [NaN], 'queue: max(queue) is NaN'],
    ['is beyond its limit', [3, 11], 'queue is 11, above the most, 10'],
    ['is below its limit', [0], 'queue is 0, below the least, 1'],
  ])('does not promote where a query %s', async (_, values, why) => {
    const [opinion] = await judged([values]);
    expect(opinion).toMatchObject({
      verdict: 'undecided',
      reason: `not to be promoted: ${why}`,
      notes: [why],
    });
  });

  it('never rolls back for what it cannot read', async () => {
    const opinions = await judged([[], [], [], [], []], 'undecided');
    expect(new Set(opinions.map(({ verdict }) => verdict))).toEqual(new Set(['undecided']));
  });

  it('rolls back at the third look in a row, naming query, value and limit', async () => {
    const opinions = await judged([[11], [11], [5], [11], [12], [13]], 'no data');
    expect(opinions.map(({ verdict }) => verdict)).toEqual([
      ...Array<string>(5).fill('no data'),
      'roll back',
    ]);
    expect(opinions.at(-1)?.reason).toBe(
      'rolled back: queue is 13, above the most, 10, 3 looks in a row',
    );
  });

  it("leaves the other judge's roll back as it is", async () => {
    const opinions = await judged([[11], [11], [11]], 'roll back');
    expect(opinions.at(-1)).toMatchObject({ verdict: 'roll back', reason: 'so it is' });
  });

  it('lets a value within its limits pass without a word', async () => {
    expect(await judged([[10, 1]])).toEqual([
      { verdict: 'promote', reason: 'so it is', evidence: {}, requests: { 2: 5 } },
    ]);
  });

  it('only tells where it is for report only', async () => {
    const opinions = await judged([[11], [11], [11], [5]], 'promote', { isReportOnly: true });
    expect(new Set(opinions.map(({ verdict }) => verdict))).toEqual(new Set(['promote']));
    expect(opinions.map(({ notes }) => notes?.[0])).toEqual([
      ...Array<string>(3).fill('queue is 11, above the most, 10'),
      'queue is 5',
    ]);
  });

  it('counts looks on in another process, and anew with another rollout', async () => {
    const ask = () => Promise.resolve([11]);
    const first = judgeQueries(saying('promote'), [gate], { ask });
    first.begin(context);
    await first.look(signal);
    await first.look(signal);
    const second = judgeQueries(saying('promote'), [gate], { ask });
    second.restore(JSON.parse(JSON.stringify(first.state())));
    second.begin(context);
    expect(await second.look(signal)).toMatchObject({ verdict: 'roll back' });
    const third = judgeQueries(saying('promote'), [gate], { ask });
    third.restore(first.state());
    third.begin({ ...context, rollout: 'r2' });
    expect(await third.look(signal)).toMatchObject({ verdict: 'undecided' });
  });
});

it('names each query that cannot be asked or is empty, with what was said', async () => {
  const ask = (query: string) =>
    query === 'bad'
      ? Promise.reject(new Error('bad_data'))
      : Promise.resolve(query === 'none' ? [] : [1]);
  const gates = ['bad', 'none', 'good'].map((query) => ({ name: `my ${query}`, query, max: 0 }));
  expect(await queryProblems(gates, ask)).toEqual([
    '--query my bad: bad_data',
    '--query my none: none has no value',
  ]);
});
