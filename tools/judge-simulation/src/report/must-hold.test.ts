import { describe, expect, it } from 'vitest';
import { resultWith } from '../testing/results.ts';
import { mustHold } from './must-hold.ts';

const healthy = resultWith({ name: 'healthy' }, { ours: [10, 0] });
const bursts = resultWith(
  { name: 'bursts', scenario: 'podBursts' },
  { ours: [500, 0], robust: [20, 0] },
);
const broken = resultWith(
  { name: 'broken', times: Infinity },
  { ours: [1000, 100], flagger: [1000, 3600], argo: [1000, 1200] },
);
const phased = resultWith(
  { name: 'phased', times: Infinity, scenario: 'outagePhases' },
  { ours: [1000, 100], flagger: [1000, 3600], argo: [1000, 1200] },
);
const HELD = 6;
const verdicts = (results: Parameters<typeof mustHold>[0]) =>
  mustHold(results).map(({ verdict }) => verdict);

describe('mustHold', () => {
  it('holds at the limits', () => {
    expect(verdicts([healthy, bursts, broken, phased]).slice(0, HELD)).toEqual(
      Array(HELD).fill('holds'),
    );
  });

  it('fails for false roll-backs that are significantly above the limit, not for chance', () => {
    const at = (count: number) =>
      verdicts([resultWith({}, { ours: [count, 0] }), bursts, broken])[0];
    expect(at(15)).toBe('holds');
    expect(at(30)).toBe('fails');
  });

  it('allows the robust option twice as much', () => {
    const at = (count: number) =>
      verdicts([healthy, resultWith({ scenario: 'podBursts' }, { robust: [count, 0] }), broken])[1];
    expect(at(25)).toBe('holds');
    expect(at(45)).toBe('fails');
  });

  it('fails for more than a tenth of the harm of one peer, and names the cell', () => {
    const worse = resultWith(
      { rate: 1000, times: Infinity },
      { ours: [1000, 130], flagger: [1000, 3600], argo: [1000, 1200] },
    );
    const claims = mustHold([healthy, bursts, broken, worse]);
    expect(claims.map(({ verdict }) => verdict).slice(2, 4)).toEqual(['holds', 'fails']);
    expect(claims[3]!.seen).toContain('0.108 (independent, 1,000 rps, base 1 %, broken)');
  });

  it('holds scrapes at phases to the same', () => {
    const late = resultWith(
      { times: Infinity, scenario: 'outagePhases' },
      { ours: [1000, 199], flagger: [1000, 3600], argo: [1000, 1200] },
    );
    const claims = mustHold([healthy, bursts, broken, phased, late]);
    expect(claims.map(({ verdict }) => verdict).slice(2, HELD)).toEqual([
      'holds',
      'holds',
      'holds',
      'fails',
    ]);
    expect(claims[5]!.seen).toContain('0.166 (shared outage, scrape phases');
  });

  it('leaves cells below 10 rps out', () => {
    const rare = resultWith(
      { rate: 1, times: Infinity },
      { ours: [1000, 900], flagger: [1000, 1000], argo: [1000, 1000] },
    );
    expect(verdicts([healthy, bursts, broken, rare]).slice(2, 4)).toEqual(['holds', 'holds']);
  });

  it('fails where nothing was run, and never for what is only reported', () => {
    const nothing = verdicts([]);
    expect(nothing.slice(0, HELD)).toEqual(Array(HELD).fill('fails'));
    expect(nothing.slice(HELD).every((one) => one === 'reported')).toBe(true);
  });
});
