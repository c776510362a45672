import { describe, expect, it } from 'vitest';
import type { Look, PodSample } from '../ports/observer.ts';
import { observedShare, requestsSince } from './request-counts.ts';

const sample = (pod: string, value: number, startedAt: number | undefined = 100): PodSample => ({
  pod,
  release: pod.startsWith('a') ? '1' : '2',
  at: 0,
  startedAt,
  series: [
    { name: 'http_requests_total', labels: { endpoint: '/', status: '200' }, value },
    { name: 'request_processing_seconds_count', labels: {}, value: value * 2 },
  ],
});
const look = (...samples: PodSample[]): Look => ({ at: 2000, samples, targets: [] });
const since = (before: PodSample[], now: Look) =>
  requestsSince(Object.fromEntries(before.map((one) => [one.pod, one])), 1000, now).requests;

describe('requestsSince', () => {
  it('counts nothing at the first look', () => {
    const { requests } = requestsSince({}, undefined, look(sample('a1', 500)));
    expect(requests).toEqual({});
  });

  it('sums what each pod of a release counted since', () => {
    const before = [sample('a1', 10), sample('a2', 20), sample('b1', 5)];
    const now = look(sample('a1', 15), sample('a2', 21), sample('b1', 9));
    expect(since(before, now)).toEqual({ 1: 6, 2: 4 });
  });

  it('counts a pod from zero whose process started since', () => {
    expect(since([], look(sample('b1', 7, 1500)))).toEqual({ 2: 7 });
  });

  it('takes a pod that ran before, and was not seen, as the baseline', () => {
    expect(since([], look(sample('b1', 7, 500)))).toEqual({});
    expect(since([], look(sample('b1', 7, undefined)))).toEqual({});
  });

  it('counts from zero where the process started anew', () => {
    expect(since([sample('b1', 5)], look(sample('b1', 7, 2500)))).toEqual({ 2: 7 });
  });

  it('counts all series of a pod from zero where one of them fell', () => {
    const now = sample('b1', 12);
    const fell = {
      ...now,
      series: now.series.map((one, i) => (i === 1 ? { ...one, value: 3 } : one)),
    };
    expect(since([sample('b1', 10)], look(fell))).toEqual({ 2: 12 });
  });

  it('counts what a pod did while it could not be sampled with its next sample', () => {
    const baseline = { b1: sample('b1', 5) };
    const target = { pod: 'b1', release: '2', url: '', health: 'down', error: 'no' } as const;
    const missed = requestsSince(baseline, 1000, { at: 2000, samples: [], targets: [target] });
    expect(missed.requests).toEqual({});
    const { requests } = requestsSince(missed.baseline, 2000, look(sample('b1', 9)));
    expect(requests).toEqual({ 2: 4 });
  });

  it('counts the series that it is told to', () => {
    const baseline = { b1: sample('b1', 5) };
    const wanted = { requests: 'http_requests_total', labels: { endpoint: '/other' } };
    expect(requestsSince(baseline, 1000, look(sample('b1', 9)), wanted).requests).toEqual({ 2: 0 });
  });
});

it('counts no scrape of its own', () => {
  const own = { ...sample('b1', 9), ownPaths: ['/'] };
  const paths = { ...own, series: [...own.series, { ...own.series[0]!, labels: { path: '/m' } }] };
  const before = { b1: { ...paths, series: paths.series.map((one) => ({ ...one, value: 0 })) } };
  expect(requestsSince(before, 1000, look(paths)).requests).toEqual({ 2: 18 });
  const scraped = { ...paths, ownPaths: ['/m'] };
  expect(requestsSince(before, 1000, look(scraped)).requests).toEqual({ 2: 9 });
});

describe('observedShare', () => {
  it('is none without requests', () => {
    expect(observedShare({}, '2')).toBeUndefined();
  });

  it('comes with its exact interval', () => {
    expect(observedShare({ 1: 2400, 2: 600 }, '2')).toMatchObject({ share: 0.2 });
    expect(observedShare({ 1: 2400, 2: 600 }, '2')?.low).toBeCloseTo(0.1858, 3);
  });
});
