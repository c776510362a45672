import { describe, expect, it } from 'vitest';
import { changesSince, type PodCounters } from './counters.ts';

const pod = (values: number[], more: Partial<PodCounters> = {}): PodCounters => ({
  pod: 'a',
  release: '1',
  at: 2000,
  startedAt: 100,
  values,
  ...more,
});
const before = pod([10, 20], { at: 1000 });
const change = (now: PodCounters, known = before) =>
  changesSince(new Map([[known.pod, known]]), 1000, [now])[0];

describe('changesSince', () => {
  it('subtracts what the pod showed last', () => {
    expect(change(pod([12, 25]))).toMatchObject({ delta: [2, 5], seconds: 1, restarts: 0 });
  });

  it('counts a series that is new from zero', () => {
    expect(change(pod([12, 25, 3]))?.delta).toEqual([2, 5, 3]);
  });

  it('counts all series from zero where the process started anew, even if none fell', () => {
    const now = pod([12, 25], { startedAt: 2500 });
    expect(change(now)).toMatchObject({ delta: [12, 25], restarts: 1 });
  });

  it.each([
    ['fell', [12, 3]],
    ['is not there any more', [12]],
  ])('counts all series from zero where one %s', (_, values) => {
    expect(change(pod(values))).toMatchObject({ delta: values, restarts: 0 });
  });

  it('takes a fall as a restart where no start is known', () => {
    const unknown = { startedAt: undefined };
    const known = pod([10, 20], { ...unknown, at: 1000 });
    expect(change(pod([1, 2], unknown), known)).toMatchObject({ delta: [1, 2], restarts: 1 });
    expect(change(pod([11, 21], unknown), known)).toMatchObject({ restarts: 0 });
  });

  it('takes a pod under the name of one of another release as no restart', () => {
    expect(change(pod([1, 2], { release: '2', startedAt: 1500 }))).toMatchObject({
      delta: [1, 2],
      restarts: 0,
    });
  });

  it('counts a pod from zero whose process started after the last look', () => {
    const now = pod([7, 0], { startedAt: 1500 });
    expect(changesSince(new Map(), 1000, [now])).toMatchObject([{ delta: [7, 0], seconds: 0.5 }]);
  });

  it('takes a pod that ran before as its own baseline, and every pod at the first look', () => {
    expect(changesSince(new Map(), 1000, [pod([7, 0])])).toEqual([]);
    expect(changesSince(new Map(), 1000, [pod([7, 0], { startedAt: undefined })])).toEqual([]);
    expect(changesSince(new Map(), undefined, [pod([7, 0], { startedAt: 1500 })])).toEqual([]);
  });
});
