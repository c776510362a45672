import type { Deployment, LabelSelector } from './api-objects.ts';

/** What pods have to match: for each key one of the values, and all of the other conditions. */
interface Terms {
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** As the API has them, such as `tier in (a,b)` or `!legacy`. */
  readonly others: readonly string[];
}

/** More requests than this cost more than the pods that one for all brings too many. */
const MOST_SELECTORS = 4;
/** A request's line has to fit into what servers and those before them take, 8 kB for many. */
const MOST_CHARACTERS = 4000;

/**
 * Label selectors that together find the pods of all Deployments, and no others as far as few
 * requests allow. Two Deployments that differ in one label, as a stable release and its canary, take
 * one: `app=shop,track in (canary,stable)`. One that is empty finds all pods of the namespace.
 */
export function podSelectors(deployments: readonly Deployment[]): readonly string[] {
  const exact = joined(deployments.map(({ spec }) => termsOf(spec.selector))).map(textOf);
  if (exact.length <= MOST_SELECTORS && exact.every((text) => text.length <= MOST_CHARACTERS))
    return exact;
  const wide = textOf(common(deployments.map(({ spec }) => termsOf(spec.selector))));
  return [wide.length <= MOST_CHARACTERS ? wide : ''];
}

/** The selector of one Deployment. */
export function podSelector({ spec }: Deployment): string {
  return textOf(termsOf(spec.selector));
}

function termsOf({ matchLabels = {}, matchExpressions = [] }: LabelSelector): Terms {
  return {
    values: new Map(Object.entries(matchLabels).map(([key, value]) => [key, [value]])),
    others: matchExpressions
      .map(({ key, operator, values = [] }) => {
        if (operator === 'Exists') return key;
        if (operator === 'DoesNotExist') return `!${key}`;
        return `${key} ${operator === 'In' ? 'in' : 'notin'} (${[...values].sort().join(',')})`;
      })
      .sort(),
  };
}

/** The same pods by fewer selectors: pairs that are one together are joined until none is left. */
function joined(all: readonly Terms[]): Terms[] {
  const kept: Terms[] = [];
  for (const terms of all) {
    const index = kept.findIndex((other) => union(other, terms) !== undefined);
    const one = kept[index] && union(kept[index], terms);
    if (!one) kept.push(terms);
    // What is joined may go with yet another one now.
    else return joined([...kept.toSpliced(index, 1, one), ...all.slice(all.indexOf(terms) + 1)]);
  }
  return kept;
}

/** Terms that match what one of two matches, and nothing else; undefined where there are none such. */
function union(a: Terms, b: Terms): Terms | undefined {
  if (covers(a, b)) return a;
  if (covers(b, a)) return b;
  const sameKeys =
    a.values.size === b.values.size && [...a.values.keys()].every((k) => b.values.has(k));
  if (!sameKeys || a.others.join() !== b.others.join()) return undefined;
  const differing = [...a.values].filter(
    ([key, values]) => values.join() !== valuesOf(b, key).join(),
  );
  const [[key, values] = ['', []]] = differing;
  if (differing.length !== 1) return undefined;
  return {
    ...a,
    values: new Map([...a.values, [key, distinct([...values, ...valuesOf(b, key)])]]),
  };
}

/** Whether all that `b` matches is matched by `a`. */
function covers(a: Terms, b: Terms): boolean {
  return (
    a.others.every((other) => b.others.includes(other)) &&
    [...a.values].every(([key, values]) => {
      const narrower = b.values.get(key);
      return narrower?.every((value) => values.includes(value)) === true;
    })
  );
}

/** What all have in common, with the values of each. */
function common(all: readonly Terms[]): Terms {
  const [first = { values: new Map<string, readonly string[]>() }] = all;
  const keys = [...first.values.keys()].filter((key) => all.every(({ values }) => values.has(key)));
  const values = keys.map(
    (key) => [key, distinct(all.flatMap((terms) => valuesOf(terms, key)))] as const,
  );
  return { values: new Map(values), others: [] };
}

function textOf({ values, others }: Terms): string {
  const labels = [...values].map(([key, of]) =>
    of.length === 1 ? `${key}=${of[0] ?? ''}` : `${key} in (${of.join(',')})`,
  );
  return [...labels.sort(), ...others].join(',');
}

function valuesOf({ values }: Terms, key: string): readonly string[] {
  return values.get(key) ?? [];
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort();
}
