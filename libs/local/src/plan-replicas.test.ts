import { describe, expect, it } from 'vitest';
import { bounds, planReplicas, type Replica } from './plan-replicas.ts';

/** Pods by their letters, the oldest first: o/O is of an old template, n/N of the present one; capitals are available. */
const pods = (letters: string) =>
  letters.split('').map((letter, age) => ({
    name: `${letter}${age}`,
    current: letter.toLowerCase() === 'n',
    available: letter === letter.toUpperCase(),
  }));

interface Given {
  readonly replicas?: number;
  readonly maxUnavailable?: number;
  readonly type?: 'RollingUpdate' | 'Recreate';
  readonly leaving?: number;
}

function plan(letters: string, given: Given = {}): string {
  const { replicas = 4, maxUnavailable = 1, type = 'RollingUpdate', leaving = 0 } = given;
  const strategy = { type, rollingUpdate: { maxSurge: 1, maxUnavailable } };
  const { create, remove } = planReplicas({ replicas, strategy }, pods(letters), leaving);
  return `+${create} -${remove.map(({ name }) => name).join(' -')}`;
}

describe('planReplicas', () => {
  it('creates what is lacking', () => {
    expect(plan('')).toBe('+4 -');
    expect(plan('NN')).toBe('+2 -');
  });

  it('changes nothing when all is as asked, available or not', () => {
    expect(plan('NNNN')).toBe('+0 -');
    expect(plan('nnnn')).toBe('+0 -');
  });

  it('removes what is too many: the unavailable first, then the youngest', () => {
    expect(plan('NnNN', { replicas: 2 })).toBe('+0 -n1 -N3');
    expect(plan('NNNN', { replicas: 0 })).toBe('+0 -N3 -N2 -N1 -N0');
  });

  it('starts an update with the surge, and as many fewer as may be unavailable', () => {
    expect(plan('OOOO')).toBe('+1 -O3');
  });

  it('waits while as many are unavailable as may be', () => {
    expect(plan('OOOn')).toBe('+1 -');
    expect(plan('OOOnn')).toBe('+0 -');
  });

  it('goes on with each new one that is available', () => {
    expect(plan('OOONn')).toBe('+0 -O2');
    expect(plan('ONNNn')).toBe('+0 -O0');
  });

  it('removes no old one before a new one is available, where none may be unavailable', () => {
    expect(plan('OOOO', { maxUnavailable: 0 })).toBe('+1 -');
    expect(plan('OOOOn', { maxUnavailable: 0 })).toBe('+0 -');
    expect(plan('OOOON', { maxUnavailable: 0 })).toBe('+0 -O3');
  });

  it('takes old ones that do not work first', () => {
    expect(plan('oOOO')).toBe('+1 -o0');
    expect(plan('oooo', { maxUnavailable: 0 })).toBe('+1 -');
  });

  it('never goes below what has to be available, whatever the mixture', () => {
    for (const letters of mixtures('oOnN', 6)) {
      for (const maxUnavailable of [0, 1, 3]) {
        const strategy = {
          type: 'RollingUpdate',
          rollingUpdate: { maxSurge: 1, maxUnavailable },
        } as const;
        const all = pods(letters);
        const { create, remove } = planReplicas({ replicas: 4, strategy }, all, 0);
        const before = available(all);
        const after = available(all.filter((pod) => !remove.includes(pod)));
        expect(after, letters).toBeGreaterThanOrEqual(Math.min(before, 4 - maxUnavailable));
        if (create > 0) expect(all.length + create, letters).toBeLessThanOrEqual(5);
      }
    }
  });

  it('recreates only when every old one is gone', () => {
    expect(plan('OOOO', { type: 'Recreate' })).toBe('+0 -O3 -O2 -O1 -O0');
    expect(plan('', { type: 'Recreate', leaving: 4 })).toBe('+0 -');
    expect(plan('', { type: 'Recreate' })).toBe('+4 -');
  });
});

describe('bounds', () => {
  it('rounds the surge up and the rest down', () => {
    expect(bounds({ maxSurge: '25%', maxUnavailable: '25%' }, 5)).toEqual({
      surge: 2,
      unavailable: 1,
    });
  });

  it('lets one be unavailable where nothing could move otherwise', () => {
    expect(bounds({ maxSurge: 0, maxUnavailable: '10%' }, 4)).toEqual({ surge: 0, unavailable: 1 });
  });
});

function available(replicas: readonly Replica[]): number {
  return replicas.filter((replica) => replica.available).length;
}

function mixtures(letters: string, longest: number): string[] {
  if (longest === 0) return [''];
  const shorter = mixtures(letters, longest - 1);
  const extended = shorter.filter((text) => text.length === longest - 1);
  return [
    ...shorter,
    ...extended.flatMap((text) => letters.split('').map((letter) => text + letter)),
  ];
}
