import { describe, expect, it } from 'vitest';
import { randomOf } from '../random/random.ts';
import { ALWAYS_THERE, arrivalOf, coldStart, loadOf } from './arrivals.ts';

const at = (readyAt: number) => ({ createdAt: 0, startedAt: readyAt - 3, readyAt });

describe('arrivalOf', () => {
  it('starts the process 2 to 5 s before the pod is ready', () => {
    const random = randomOf('arrival');
    for (let i = 0; i < 100; i++) {
      const { createdAt, startedAt, readyAt } = arrivalOf(random, {
        createdAt: 120,
        readyAfter: 20,
      });
      expect([createdAt, readyAt]).toEqual([120, 140]);
      expect(startedAt).toBeGreaterThanOrEqual(135);
      expect(startedAt).toBeLessThanOrEqual(138);
    }
  });
});

describe('loadOf', () => {
  it('is as usual where all pods were there', () => {
    const five = Array.from({ length: 5 }, () => ALWAYS_THERE);
    expect(loadOf(ALWAYS_THERE, five, 5).map(({ load }) => load)).toEqual([1]);
  });

  it('is shared evenly by the pods that are ready, whoever comes', () => {
    const pods = [...Array.from({ length: 4 }, () => ALWAYS_THERE), at(5), at(125)];
    const loads = pods.map((pod) => loadOf(pod, pods, 5));
    expect(loads[0]!.map(({ until, load }) => [until, load])).toEqual([
      [5, 5 / 4],
      [125, 1],
      [Infinity, 5 / 6],
    ]);
    expect(loads[4]!.map(({ load }) => load)).toEqual([0, 1, 5 / 6]);
    expect(loads[5]!.map(({ load }) => load)).toEqual([0, 0, 5 / 6]);
  });
});

describe('coldStart', () => {
  const cold = { seconds: 30, errors: 0.05, slower: 3 };

  it('leaves pods alone that were there', () => {
    expect(coldStart(ALWAYS_THERE, cold)).toHaveLength(1);
  });

  it('lasts from readiness until 30 s later', () => {
    const stretches = coldStart(at(20), cold);
    expect(stretches.map(({ until, burst, slower }) => [until, burst, slower])).toEqual([
      [20, 0, 1],
      [50, 0.05, 3],
      [Infinity, 0, 1],
    ]);
  });
});
