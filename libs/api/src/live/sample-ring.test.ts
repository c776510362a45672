import { describe, expect, it } from 'vitest';
import { SampleRing } from './sample-ring.ts';
import type { Sample } from './sample.ts';

const sample = (at: number, ...releases: string[]): Sample => ({
  at,
  seconds: 1,
  releases: Object.fromEntries(
    releases.map((name) => [name, { requests: at, failed: 1, p50: 0.25, p95: null }]),
  ),
});

describe('the ring of samples', () => {
  it('gives back what it was given, oldest first', () => {
    const ring = new SampleRing(10);
    ring.push(sample(1, 'a'));
    ring.push(sample(2, 'a', 'b'));
    expect(ring.backlog().samples).toEqual([sample(1, 'a'), sample(2, 'a', 'b')]);
  });

  it('forgets the oldest beyond its size', () => {
    const ring = new SampleRing(3);
    for (let at = 1; at <= 8; at++) ring.push(sample(at, 'a'));
    expect(ring.backlog().samples.map(({ at }) => at)).toEqual([6, 7, 8]);
    expect(ring.value('a', 'requests', 0)).toBe(6);
  });

  it('has nothing of a release for a time in which it was not there', () => {
    const ring = new SampleRing(3);
    for (let at = 1; at <= 4; at++) ring.push(sample(at, 'a', 'b'));
    ring.push(sample(5, 'b'));
    expect(ring.value('a', 'requests', 2)).toBeNaN();
    expect(ring.value('nobody', 'requests', 0)).toBeNaN();
  });

  it('keeps the releases that were there last, and no more than it has room for', () => {
    const ring = new SampleRing(3);
    for (let at = 1; at <= 50; at++) ring.push(sample(at, `v${at}`));
    expect(ring.releases).toEqual(['v45', 'v46', 'v47', 'v48', 'v49', 'v50']);
  });
});
