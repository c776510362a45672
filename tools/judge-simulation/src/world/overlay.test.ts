import { describe, expect, it } from 'vitest';
import { overlay } from './overlay.ts';
import { FAIR, type Stretch } from './weather.ts';

const until = (seconds: number, given: Partial<Stretch> = {}): Stretch => ({
  ...FAIR,
  until: seconds,
  ...given,
});

describe('overlay', () => {
  it('leaves everything as it was under fair weather, to the last digit', () => {
    const stretches = [until(7, { load: 0.3, errors: 3, burst: 0.2 }), FAIR];
    expect(overlay(stretches, [FAIR])).toEqual(stretches);
  });

  it('has an end wherever one of both has one, and both factors in between', () => {
    const both = overlay(
      [until(10, { load: 2, burst: 0.5 }), FAIR],
      [until(5), until(20, { load: 3, slower: 2, burst: 0.5, asGood: true }), FAIR],
    );
    expect(both.map((one) => [one.until, one.load, one.burst, one.slower, one.asGood])).toEqual([
      [5, 2, 0.5, 1, false],
      [10, 6, 0.75, 2, true],
      [20, 3, 0.5, 2, true],
      [Infinity, 1, 0, 1, false],
    ]);
  });

  it('answers what waited once, where its stretch begins', () => {
    const both = overlay(
      [until(10, { paused: true, load: 0 }), until(30, { backlogSeconds: 1 }), FAIR],
      [until(5), until(20), FAIR],
    );
    expect(both.map((one) => [one.until, one.paused, one.backlogSeconds])).toEqual([
      [5, true, 0],
      [10, true, 0],
      [20, false, 1],
      [30, false, 0],
      [Infinity, false, 0],
    ]);
  });
});
