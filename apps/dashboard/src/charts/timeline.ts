import type { PageView, ReleaseSample, RolloutSeries, SampleRing } from '@canary/api/client';
import type { Sides } from '../state/sides.ts';

/** A column of a graph; null where there is nothing to draw. */
export type Column = (number | null)[];

/** From when to when a graph goes, in milliseconds since the Unix epoch. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Figures of both releases over time; times in seconds, as uPlot wants them. */
export interface Timeline {
  readonly at: number[];
  readonly stable: Column;
  readonly canary: Column;
}

/** More points than this are not to be told apart on a screen. */
const MOST_POINTS = 700;
const LEAD_MS = 20_000;
const RECENT_MS = 300_000;

/** The times of the rollout and a little before it, or the last five minutes. */
export function rangeOf(
  view: PageView | undefined,
  wish: 'rollout' | 'recent',
  now: number,
): Range {
  const rollout = view?.status.rollout;
  if (!rollout || wish === 'recent') return { from: now - RECENT_MS, to: now };
  const { startedAt, endedAt } = rollout;
  return { from: startedAt - LEAD_MS, to: endedAt === undefined ? now : endedAt + LEAD_MS };
}

/** One figure of both releases: a sum over the last so many seconds, by a rule. */
export interface Figure {
  /** From what was counted within the window to what is drawn. */
  readonly of: (window: Counted) => number | null;
  /** Seconds over which it is counted: single seconds are too few requests. */
  readonly seconds: number;
}

/** What one release did within a window. */
export interface Counted {
  readonly requests: number;
  readonly failed: number;
  readonly seconds: number;
  readonly last: Pick<ReleaseSample, 'p50' | 'p95'>;
}

export const figures = {
  rate: { of: ({ requests, seconds }) => requests / seconds, seconds: 5 },
  errors: {
    of: ({ requests, failed }) => (requests > 0 ? (100 * failed) / requests : null),
    seconds: 10,
  },
  p50: { of: ({ last }) => inMs(last.p50), seconds: 1 },
  p95: { of: ({ last }) => inMs(last.p95), seconds: 1 },
} as const satisfies Record<string, Figure>;

/** A figure of both releases from the samples within a range. */
export function sampled(ring: SampleRing, sides: Sides, range: Range, figure: Figure): Timeline {
  const positions = within(ring, range);
  const column = (release: string | undefined): Column =>
    release === undefined
      ? positions.map(() => null)
      : positions.map((position) => valueAt(ring, release, position, figure));
  return {
    at: positions.map((position) => ring.at(position) / 1000),
    stable: column(sides.stable),
    canary: column(sides.canary),
  };
}

/** Requests per second from what the rollout's own looks showed, up to a time. */
export function recordedRates(
  series: RolloutSeries | undefined,
  sides: Sides,
  to: number,
): Timeline {
  const at = (series?.at ?? []).filter((time) => time < to);
  const column = (release: string | undefined): Column => {
    const counts = series?.requests[release ?? ''] ?? [];
    return at.map((time, index) => {
      const before = at[index - 1];
      const seconds = before === undefined ? 0 : (time - before) / 1000;
      return seconds > 0 ? (counts[index] ?? 0) / seconds : null;
    });
  };
  return {
    at: at.map((time) => time / 1000),
    stable: column(sides.stable),
    canary: column(sides.canary),
  };
}

/** A share in percent of what the judge counted between its looks, such as that of failed requests. */
export function recordedShares(
  series: RolloutSeries | undefined,
  metric: 'errors' | 'latency',
  to: number,
): Timeline {
  const at = (series?.at ?? []).filter((time) => time < to);
  const column = (side: 'stable' | 'canary'): Column => {
    const events = series?.figures[`${side} ${metric}`] ?? [];
    const of = series?.figures[`${side} ${metric} of`] ?? [];
    return at.map((_, index) => {
      const requests = difference(of, index);
      return requests > 0 ? Math.max(0, (100 * difference(events, index)) / requests) : null;
    });
  };
  return { at: at.map((time) => time / 1000), stable: column('stable'), canary: column('canary') };
}

/** One timeline after the other. */
export function joined(first: Timeline, second: Timeline): Timeline {
  return {
    at: [...first.at, ...second.at],
    stable: [...first.stable, ...second.stable],
    canary: [...first.canary, ...second.canary],
  };
}

/** When the samples begin; infinite without any. */
export function samplesFrom(ring: SampleRing): number {
  return ring.length === 0 ? Infinity : ring.at(0);
}

function within(ring: SampleRing, { from, to }: Range): number[] {
  const all: number[] = [];
  for (let position = 0; position < ring.length; position++) {
    const at = ring.at(position);
    if (at >= from && at <= to) all.push(position);
  }
  const stride = Math.ceil(all.length / MOST_POINTS);
  return stride <= 1 ? all : all.filter((_, index) => (all.length - 1 - index) % stride === 0);
}

function valueAt(ring: SampleRing, release: string, position: number, figure: Figure) {
  let [requests, failed, seconds] = [0, 0, 0];
  if (Number.isNaN(ring.value(release, 'requests', position))) return null;
  for (let one = position; one >= 0 && seconds < figure.seconds; one--) {
    const count = ring.value(release, 'requests', one);
    if (Number.isNaN(count)) break;
    seconds += ring.seconds(one);
    requests += count;
    failed += ring.value(release, 'failed', one);
  }
  const last = {
    p50: ring.value(release, 'p50', position),
    p95: ring.value(release, 'p95', position),
  };
  return figure.of({ requests, failed, seconds, last });
}

function inMs(seconds: number | null): number | null {
  return seconds === null || Number.isNaN(seconds) ? null : seconds * 1000;
}

function difference(column: readonly (number | null)[], index: number): number {
  return (column[index] ?? 0) - (column[index - 1] ?? 0);
}
