import type { Opinion } from '../ports/judge.ts';

/**
 * What the looks of a rollout showed over time, in columns: some kilobytes of JSON, however long it
 * takes. A point stands for one look, or for several that were merged.
 */
export interface RolloutSeries {
  /** When the last look of each point ended, in milliseconds since the Unix epoch. */
  readonly at: readonly number[];
  /** Requests within each point, by release. */
  readonly requests: Readonly<Record<string, readonly number[]>>;
  /** The judge's figures at the end of each point, by name; null where there was none. */
  readonly figures: Readonly<Record<string, readonly (number | null)[]>>;
}

/** Beyond so many points, neighbours are merged; beyond so many names, further ones are not kept. */
export const SERIES_BOUNDS = { points: 240, names: 24 } as const;

export const NO_SERIES: RolloutSeries = { at: [], requests: {}, figures: {} };

/** The series with one more look. */
export function withLook(
  series: RolloutSeries,
  at: number,
  { requests, evidence }: Pick<Opinion, 'requests' | 'evidence'>,
): RolloutSeries {
  const { length } = series.at;
  const longer: RolloutSeries = {
    at: [...series.at, at],
    requests: appended(series.requests, requests, length, 0),
    figures: appended(series.figures, rounded(evidence), length, null),
  };
  return longer.at.length > SERIES_BOUNDS.points ? halved(longer) : longer;
}

/** Every column one longer; one that is new begins with what stands for nothing. */
function appended<Nothing extends number | null>(
  columns: Readonly<Record<string, readonly (number | Nothing)[]>>,
  values: Readonly<Record<string, number>>,
  length: number,
  nothing: Nothing,
): Record<string, readonly (number | Nothing)[]> {
  const names = [...new Set([...Object.keys(columns), ...Object.keys(values)])];
  return Object.fromEntries(
    names.slice(0, SERIES_BOUNDS.names).map((name) => {
      const before = columns[name] ?? Array.from({ length }, () => nothing);
      return [name, [...before, values[name] ?? nothing]];
    }),
  );
}

/** Pairs of neighbours become one point: requests are added, of figures the later ones stay. */
function halved({ at, requests, figures }: RolloutSeries): RolloutSeries {
  const later = <Value>(column: readonly Value[]) =>
    column.filter((_, index) => index % 2 === 1 || index === column.length - 1);
  const sums = (column: readonly number[]) =>
    later(column).map((_, pair) => column[2 * pair]! + (column[2 * pair + 1] ?? 0));
  return { at: later(at), requests: mapped(requests, sums), figures: mapped(figures, later) };
}

function mapped<From, To>(
  columns: Readonly<Record<string, From>>,
  change: (column: From) => To,
): Record<string, To> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, column]) => [name, change(column)]),
  );
}

/** Five digits are more than a graph shows. */
function rounded(evidence: Readonly<Record<string, number>>): Record<string, number> {
  return mapped(evidence, (value) => Number(value.toPrecision(5)));
}
