import { describe, expect, it } from 'vitest';
import { bucketBound, SeriesIndex, type SeriesValue } from './series-index.ts';

const series = (labels: Record<string, string>, value: number, name = 'a'): SeriesValue => ({
  name,
  labels,
  value,
});
const all = () => new SeriesIndex(() => true);

describe('SeriesIndex', () => {
  it('puts the same series at the same position, whatever the order of series and labels', () => {
    const index = all();
    const one = [series({ x: '1', y: '2' }, 5), series({ x: '2', y: '2' }, 6)];
    const other = [series({ y: '2', x: '2' }, 7), series({ y: '2', x: '1' }, 8)];
    expect([one, other, one].map((sample) => [...index.read(sample)])).toEqual([
      [5, 6],
      [8, 7],
      [5, 6],
    ]);
  });

  it('compares bounds of buckets as numbers', () => {
    const index = all();
    const [one, two] = ['1', '1.0'].map((le) => index.read([series({ le }, 3)]));
    expect(one).toEqual(two);
  });

  it('tells series apart by name, by value and by number of labels', () => {
    const index = all();
    index.read([
      series({}, 1),
      series({}, 1, 'b'),
      series({ x: '1' }, 1),
      series({ x: '2' }, 1),
      series({ x: '1', y: '1' }, 1),
    ]);
    expect(index.series).toHaveLength(5);
  });

  it('leaves out what is not wanted, and gives NaN for what is not exposed', () => {
    const index = new SeriesIndex(({ name }) => name === 'a');
    index.read([series({ x: '1' }, 1), series({}, 9, 'b'), series({ x: '2' }, 2)]);
    expect([...index.read([series({}, 9, 'b'), series({ x: '2' }, 4)])]).toEqual([NaN, 4]);
  });

  it.each([-1, NaN, Infinity])(
    'leaves out the value %d, and tells it, but keeps the rest',
    (bad) => {
      const told: SeriesValue[] = [];
      const sample = [series({ x: '1' }, bad), series({ x: '2' }, 2)];
      expect([...all().read(sample, (one) => told.push(one))]).toEqual([NaN, 2]);
      expect(told).toEqual([sample[0]]);
    },
  );
});

describe('bucketBound', () => {
  it.each<[Record<string, string>, number]>([
    [{ le: '0.50' }, 0.5],
    [{ le: '+Inf' }, Infinity],
    [{}, NaN],
  ])('of %j is %d', (labels, bound) => {
    expect(bucketBound({ name: 'a', labels })).toBe(bound);
  });
});
