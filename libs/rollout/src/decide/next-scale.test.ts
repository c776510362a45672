import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextScale, type Position } from './next-scale.ts';

const at = (stable: [number, number], canary: [number, number]): Position => ({
  stable: { replicas: stable[0], ready: stable[1] },
  canary: { replicas: canary[0], ready: canary[1] },
});

describe('nextScale', () => {
  it('goes up before it goes down', () => {
    const move = nextScale(at([4, 4], [0, 0]), { stable: 2, canary: 2 }, limits(4, 6), 'canary');
    expect(move).toEqual({ role: 'canary', replicas: 2 });
  });

  it('does not go down while the other side is not ready', () => {
    const target = { stable: 2, canary: 2 };
    expect(nextScale(at([4, 4], [2, 1]), target, limits(4, 6), 'canary')).toBeUndefined();
  });

  it('goes down by what an up needs, where the surge leaves no room', () => {
    const target = { stable: 0, canary: 5 };
    const move = nextScale(at([5, 5], [1, 1]), target, limits(5, 6), 'canary');
    expect(move).toEqual({ role: 'stable', replicas: 4 });
  });

  it('makes room by pods that are not ready', () => {
    const target = { stable: 5, canary: 0 };
    const move = nextScale(at([3, 3], [3, 0]), target, limits(5, 6), 'stable');
    expect(move).toEqual({ role: 'canary', replicas: 1 });
  });

  it('arrives, with never too few ready replicas and never too many pods', () => {
    const side = fc.integer({ min: 0, max: 8 });
    const split = fc.tuple(side, side);
    fc.assert(
      fc.property(split, split, fc.boolean(), ([s0, c0], [s1, c1], isBack) => {
        const minReady = Math.min(s0 + c0, s1 + c1);
        const maxPods = Math.max(s0 + c0, s1 + c1, minReady + 1);
        let position = at([s0, s0], [c0, c0]);
        const target = { stable: s1, canary: c1 };
        for (let moves = 0; ; moves++) {
          const first = isBack ? 'stable' : 'canary';
          const move = nextScale(position, target, { minReady, maxPods }, first);
          if (!move) break;
          const { role, replicas } = move;
          position = { ...position, [role]: { replicas, ready: replicas } };
          const pods = position.stable.replicas + position.canary.replicas;
          expect(pods).toBeGreaterThanOrEqual(minReady);
          expect(pods).toBeLessThanOrEqual(maxPods);
          expect(moves).toBeLessThan(50);
        }
        expect(position).toEqual(at([s1, s1], [c1, c1]));
      }),
      { numRuns: 1000 },
    );
  });
});

function limits(minReady: number, maxPods: number) {
  return { minReady, maxPods };
}
