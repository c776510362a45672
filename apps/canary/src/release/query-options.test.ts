import { describe, expect, it } from 'vitest';
import { queriesOf, queriesText } from './query-options.ts';

describe('queriesOf', () => {
  it.each([
    [{ query: ['queue'] }, '--query "queue" is not allowed: use NAME='],
    [{ query: ['a b=up'] }, '--query "a b=up" is not allowed'],
    [{ query: ['all=up'], max: ['all=1'] }, '--query "all=up" is not allowed'],
    [{ query: ['q=up', 'q=down'], max: ['q=1'] }, '--query q is given twice'],
    [{ query: ['q=up'] }, '--query q has no limit: give one such as --max q=10'],
    [{ query: ['q=up'], max: ['q=many'] }, '--max q: "many" is no number'],
    [{ query: ['q=up'], max: ['q=1', 'r=2'] }, '--max: there is no --query r= (there: q)'],
    [{ max: ['r=2'] }, '--max: there is no --query r= (there: none)'],
    [{ query: ['q=up'], max: ['q=1'], reportOnly: 'x' }, '--report-only: there is no --query x='],
    [{ query: ['q=up'], max: ['q=1'], queryFor: '0' }, '--query-for 0 is not allowed'],
  ])('refuses %j', (options, message) => {
    expect(() => queriesOf(options)).toThrow(message);
  });

  it('has none where none is given', () => {
    expect(queriesOf({ queryFor: '3' })).toBeUndefined();
  });

  it('takes the name up to the first equals sign', () => {
    const options = {
      query: ['q=up{job="x"}', 'r=1'],
      max: ['q=1'],
      min: ['q=-2'],
      reportOnly: 'r',
    };
    expect(queriesOf(options)).toEqual({
      gates: [
        { name: 'q', query: 'up{job="x"}', max: 1, min: -2 },
        { name: 'r', query: '1', isReportOnly: true },
      ],
      looks: 3,
    });
    expect(queriesText(queriesOf(options))).toBe(
      ' Beside that, by Prometheus and without any error bound: q at least -2, at most 1; r (only told); 3 looks in a row beyond a limit roll it back.',
    );
  });

  it('only tells all of them where it is said', () => {
    const { gates } = queriesOf({ query: ['q=1', 'r=1'], max: ['q=1'], reportOnly: 'all' })!;
    expect(gates.map(({ isReportOnly }) => isReportOnly)).toEqual([true, true]);
  });
});
