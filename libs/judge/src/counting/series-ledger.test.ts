import { describe, expect, it } from 'vitest';
import type { PodCounters } from './counters.ts';
import type { SeriesName, SeriesValue } from './series-index.ts';
import { bucketBound } from './series-index.ts';
import {
  SeriesLedger,
  type LedgerLook,
  type LedgerSample,
  type SeriesClass,
} from './series-ledger.ts';

const classOf = ({ name, labels }: SeriesName): SeriesClass | undefined => {
  if (name === 'gauge_a') return { inFlight: 0 };
  if (name === 'gauge_b') return { inFlight: 1 };
  if (name === 'bucket') return bucketBound({ name, labels });
  if (name !== 'requests') return undefined;
  if (labels['status'] === 'odd') return 'noted';
  return labels['status'] === '500' ? 'failed' : 'answered';
};

/** `{ '200': 5, '500 /x': 2 }`: requests by status, and a route perhaps. */
const requests = (counts: Record<string, number>): SeriesValue[] =>
  Object.entries(counts).map(([key, value]) => {
    const [status = '', route = '/'] = key.split(' ');
    return { name: 'requests', labels: { status, route }, value };
  });
const bucket = (le: string, value: number): SeriesValue => ({
  name: 'bucket',
  labels: { le },
  value,
});

/** Looks at one pod each second; a number stands for its start, undefined for none. */
class Pod {
  ledger = new SeriesLedger(classOf);
  look: LedgerLook | undefined;
  #seconds = 0;

  see(series: SeriesValue[], more: Partial<LedgerSample> = {}): readonly number[] | undefined {
    const at = 1_000_000 + 1000 * this.#seconds++;
    const sample = { pod: 'a', release: '1', at, startedAt: 500_000, series, ...more };
    this.look = this.ledger.take([sample], ['a']);
    return this.look.pods[0]?.values;
  }

  get now(): number {
    return 1_000_000 + 1000 * this.#seconds;
  }

  /** Another process goes on from what was saved, and from what the judge had last. */
  resume(judged: readonly PodCounters[] = this.look!.pods): void {
    const saved = JSON.parse(JSON.stringify(this.ledger.save())) as ReturnType<
      SeriesLedger['save']
    >;
    this.ledger = new SeriesLedger(classOf, saved, judged);
  }
}

describe('SeriesLedger', () => {
  it('leaves a value out that no counter can have, and nothing else, naming pod and series', () => {
    const pod = new Pod();
    pod.see(requests({ '200': 10, '500': 2 }));
    expect(pod.see(requests({ '200': 12, '500': NaN }))).toEqual([12, 2]);
    expect(pod.look?.unread).toEqual([
      { pod: 'a', release: '1', why: 'requests{status="500",route="/"} is NaN, and was left out' },
    ]);
    expect(pod.see(requests({ '200': 12, '500': 5 }))).toEqual([12, 5]);
  });

  it('sums series by class, new bounds at the end, and counts neither what is noted nor gauges', () => {
    const pod = new Pod();
    expect(pod.see(requests({ '200': 10, '404': 1, '500 /x': 2, odd: 900 }))).toEqual([11, 2]);
    const later = [...requests({ '200': 10, '404': 1, '500 /x': 2 }), bucket('1.0', 4)];
    expect(pod.see([...later, { name: 'gauge_b', labels: {}, value: 7 }])).toEqual([11, 2, 4]);
    expect(pod.look?.counted).toEqual(['answered', 'failed', 1]);
  });

  it('tells requests in flight from the first gauge that there is', () => {
    const pod = new Pod();
    const gauge = (name: string, value: number) => ({ name, labels: { x: `${value}` }, value });
    pod.see([gauge('gauge_b', 9), gauge('gauge_a', 2), gauge('gauge_a', 3)]);
    expect(pod.look?.pods[0]?.inFlight).toBe(5);
    pod.see([gauge('gauge_b', 9)]);
    expect(pod.look?.pods[0]?.inFlight).toBe(9);
    pod.see([]);
    expect(pod.look?.pods[0]?.inFlight).toBeUndefined();
  });

  describe('counts no restart', () => {
    it.each([4, -4, 1500])('where the start moves by %d ms from look to look', (ms) => {
      const pod = new Pod();
      pod.see(requests({ '200': 1e6 }));
      for (const i of [1, 2, 3, 4]) {
        const startedAt = 500_000 + (i % 2) * ms;
        expect(pod.see(requests({ '200': 1e6 + i }), { startedAt })).toEqual([1e6 + i, 0]);
      }
      expect(pod.look?.pods[0]).toMatchObject({ restarts: 0, startedAt: 500_000 });
    });

    it('where one series goes, comes back as it was, and goes on', () => {
      const pod = new Pod();
      pod.see(requests({ '200': 6e6, '500': 3 }));
      expect(pod.see(requests({ '200': 6e6 + 1 }))).toEqual([6e6 + 1, 3]);
      expect(pod.see(requests({ '200': 6e6 + 2, '500': 4 }))).toEqual([6e6 + 2, 4]);
      expect(pod.look?.pods[0]?.restarts).toBe(0);
    });

    it('where one series of several falls, which alone counts from zero', () => {
      const pod = new Pod();
      pod.see(requests({ '200': 6e6, '404': 9e5, '500': 300 }));
      expect(pod.see(requests({ '200': 6e6 + 1, '404': 9e5, '500': 2 }))).toEqual([6.9e6 + 1, 302]);
    });

    it('where a series appears, which begins at its first value', () => {
      const pod = new Pod();
      pod.see(requests({ '200': 100 }));
      expect(pod.see(requests({ '200': 101, '500': 2 }))).toEqual([101, 2]);
    });

    it('where only another container restarted', () => {
      const pod = new Pod();
      pod.see(requests({ '200': 100 }), { restarts: 0 });
      expect(pod.see(requests({ '200': 101 }), { restarts: 1 })).toEqual([101, 0]);
    });
  });

  describe('counts all series of a pod from zero', () => {
    it('where its process started after the last sample, even if none fell', () => {
      const pod = new Pod();
      pod.see(requests({ '200': 5, '500': 1 }));
      const startedAt = pod.now - 600;
      expect(pod.see(requests({ '200': 7 }), { startedAt })).toEqual([12, 1]);
      expect(pod.look?.pods[0]).toMatchObject({ restarts: 1, startedAt: 500_000 });
      expect(pod.see(requests({ '200': 8 }), { startedAt })).toEqual([13, 1]);
    });

    it('where they fell and the platform counted a restart, without any start', () => {
      const pod = new Pod();
      const startedAt = undefined;
      pod.see(requests({ '200': 500, '500': 10 }), { startedAt, restarts: 2 });
      expect(pod.see(requests({ '200': 7 }), { startedAt, restarts: 3 })).toEqual([507, 10]);
      expect(pod.look?.pods[0]?.restarts).toBe(3);
    });
  });

  it('takes a fall to little without start and platform for a restart', () => {
    const pod = new Pod();
    const unknown = { startedAt: undefined };
    pod.see(requests({ '200': 500 }), unknown);
    expect(pod.see(requests({ '200': 20 }), unknown)).toEqual([520, 0]);
    expect(pod.look?.pods[0]?.restarts).toBe(1);
  });

  it('counts nothing of a fall to much, and waits until it is clear what that was', () => {
    const pod = new Pod();
    pod.see(requests({ '200': 500, '404': 100 }));
    expect(pod.see(requests({ '200': 400, '404': 100 }))).toBeUndefined();
    expect(pod.look?.lost).toHaveLength(1);
    for (const i of [1, 2, 3, 4])
      expect(pod.see(requests({ '200': 400 + i, '404': 100 }))).toBeUndefined();
    expect(pod.see(requests({ '200': 410, '404': 100 }))).toEqual([610, 0]);
    expect(pod.look?.pods[0]?.restarts).toBe(0);
  });

  it.each([
    ['starts go back and forth', [400_000, 500_000, 450_000]],
    ['the start is one', [500_000, 500_000, 500_000]],
    ['there is no start', [undefined, undefined, undefined]],
  ])('finds several processes behind one port, where %s', (_, starts) => {
    const pod = new Pod();
    const workers = [1e6, 3e5, 9e5];
    let [counted, restarts] = [0, 0];
    let last: readonly number[] | undefined;
    for (let look = 0; look < 60; look++) {
      const worker = (look * 7 + (look % 5)) % 3;
      workers[worker]! += 25;
      const values = pod.see(requests({ '200': workers[worker]! }), { startedAt: starts[worker] });
      if (values && last) counted += values[0]! - last[0]!;
      if (values) last = values;
      restarts += pod.look?.pods[0]?.restarts ?? 0;
    }
    expect(pod.look?.pods).toEqual([]);
    expect(pod.look?.troubles).toEqual([
      { pod: 'a', release: '1', why: 'answers from several processes, its counts jump' },
    ]);
    expect(restarts).toBe(0);
    // A first jump upwards cannot be told from requests.
    expect(counted).toBeLessThan(1e6);
    pod.resume([{ pod: 'a', release: '1', at: pod.now, startedAt: 1, values: [0, 0] }]);
    pod.see(requests({ '200': 1e6 }));
    expect(pod.look?.troubles).toHaveLength(1);
  });

  it('takes a pod under the name of one of another release as a new one', () => {
    const pod = new Pod();
    pod.see(requests({ '200': 500 }));
    expect(pod.see(requests({ '200': 3 }), { release: '2' })).toEqual([3, 0]);
  });

  describe('in another process', () => {
    it('goes on where nothing fell, from offsets alone', () => {
      const pod = new Pod();
      pod.see([...requests({ '200': 500, '500': 1 }), bucket('+Inf', 501)]);
      expect(pod.ledger.save()).toEqual({ bounds: [null], pods: {} });
      const startedAt = pod.now - 500;
      pod.see([...requests({ '200': 10 }), bucket('+Inf', 10)], { startedAt });
      expect(pod.ledger.save().pods).toEqual({
        a: { offsets: [500, 1, 501], startedAt, restarts: 1 },
      });
      pod.resume();
      const series = [...requests({ '200': 14, '500': 2 }), bucket('+Inf', 16)];
      expect(pod.see(series, { startedAt })).toEqual([514, 3, 517]);
      expect(pod.look?.pods[0]?.restarts).toBe(1);
      expect(pod.look?.lost).toEqual([]);
    });

    it.each([
      ['fell', { '200': 499, '500': 1 }, 500_000],
      ['are of another process', { '200': 501, '500': 1 }, 600_000],
    ])('begins anew where counts %s, and says so', (_, counts, startedAt) => {
      const pod = new Pod();
      pod.see(requests({ '200': 500, '500': 1 }));
      pod.resume();
      expect(pod.see(requests(counts), { startedAt })).toEqual([500, 1]);
      expect(pod.look?.lost[0]?.why).toBe(
        'its counts since the sample before are not known, and were left out',
      );
      const more = { ...counts, '200': counts['200'] + 3 };
      expect(pod.see(requests(more), { startedAt })).toEqual([503, 1]);
    });

    it('counts a process from zero that started since', () => {
      const pod = new Pod();
      pod.see(requests({ '200': 500 }));
      pod.resume();
      expect(pod.see(requests({ '200': 4 }), { startedAt: pod.now - 100 })).toEqual([504, 0]);
      expect(pod.look?.pods[0]?.restarts).toBe(1);
    });

    it('has nearly nothing to save for 1,000 pods with 200 series each', () => {
      const ledger = new SeriesLedger(classOf);
      const series = Array.from({ length: 200 }, (_, i) => requests({ [`200 /${i}`]: i })).flat();
      const samples = Array.from({ length: 1000 }, (_, i) => ({
        ...{ pod: `p${i}`, release: '1', at: 1, startedAt: 1 },
        series,
      }));
      ledger.take(samples, []);
      expect(JSON.stringify(ledger.save()).length).toBeLessThan(100);
    });
  });

  it('forgets a pod that is gone', () => {
    const pod = new Pod();
    pod.see(requests({ '200': 500 }));
    pod.ledger.take([], []);
    expect(pod.see(requests({ '200': 3 }))).toEqual([3, 0]);
  });
});
