import type { Opinion } from '../ports/judge.ts';
import { cut } from './history.ts';

/** Names that figures are kept under, and the letters of one. */
const FIGURES = { names: 64, letters: 120 } as const;
/** Releases of which requests are counted. */
const RELEASES = 24;

/** Figures with a bounded number of names, each of a bounded length; `first` are kept in any case. */
export function boundedFigures(
  figures: Readonly<Record<string, number>>,
  first: readonly string[] = [],
  most: number = RELEASES,
): Readonly<Record<string, number>> {
  const names = Object.keys(figures);
  const kept = [
    ...first.filter((name) => figures[name] !== undefined),
    ...names.filter((name) => !first.includes(name) && name.length <= FIGURES.letters),
  ];
  const few = new Set(kept.slice(0, most));
  return Object.fromEntries(Object.entries(figures).filter(([name]) => few.has(name)));
}

/** What a judge said, with nothing in it that could outgrow the record but the judgement itself. */
export function bounded(opinion: Opinion, releases: readonly string[]): Opinion {
  return {
    ...opinion,
    reason: cut(opinion.reason),
    evidence: boundedFigures(opinion.evidence, [], FIGURES.names),
    requests: boundedFigures(opinion.requests, releases),
  };
}
