import { statusRule, type Series } from '@canary/rollout';
import { statusRank } from './request-words.ts';

interface Known {
  /** Labels that may tell it, the best first; by default those that are called so. */
  readonly labels: readonly string[] | undefined;
  /** What a person said that failures are; then every value is understood. */
  readonly errorStatus: string | undefined;
}

/**
 * The label of a metric's series that tells how a request went: the first all of whose values are
 * understood, or else of which some are.
 */
export function statusLabelOf(
  series: readonly Series[],
  metric: string,
  { labels: given, errorStatus }: Known,
): string | undefined {
  const there = new Set(series.flatMap(({ labels }) => Object.keys(labels)));
  const labels = given?.filter((label) => there.has(label)) ?? likely([...there]);
  const understood = (label: string) => {
    const rule = statusRule(label, errorStatus, metric);
    const values = series.map(({ labels }) => labels[label] ?? '').filter(Boolean);
    return values.map((value) => rule(value) !== undefined);
  };
  return (
    labels.find((label) => isWhole(understood(label))) ??
    labels.find((label) => understood(label).some(Boolean))
  );
}

function likely(labels: readonly string[]): string[] {
  return labels
    .filter((label) => statusRank(label) !== undefined)
    .sort((a, b) => statusRank(a)! - statusRank(b)! || (a < b ? -1 : 1));
}

function isWhole(understood: readonly boolean[]): boolean {
  return understood.length > 0 && understood.every(Boolean);
}
