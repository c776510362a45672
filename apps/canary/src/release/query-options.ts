import type { QueryGate } from '@canary/rollout';
import { UsageError, type Options, type OptionSpec } from '../command.ts';
import { textOption, wholeOption } from '../options.ts';

/** Queries with limits, which a release is held to beside the comparison. */
export interface Queries {
  readonly gates: readonly QueryGate[];
  /** Looks in a row that a value has to be beyond its limit. */
  readonly looks: number;
}

/** Options that say which queries a release is held to. */
export const queryOptions: readonly OptionSpec[] = [
  {
    flags: '--query <name=promql>',
    description:
      'a query of Prometheus with limits of its own, and no error bound; may be repeated',
    many: true,
  },
  { flags: '--max <name=number>', description: 'the most that a query may give', many: true },
  { flags: '--min <name=number>', description: 'the least that a query may give', many: true },
  {
    flags: '--query-for <looks>',
    description: 'looks in a row beyond a limit that roll the release back',
    default: '3',
  },
  {
    flags: '--report-only <names>',
    description: 'queries that are only told: a list of names, or all',
  },
];

const ALL = 'all';

/**
 * The queries that the options name; undefined without any.
 *
 * @throws {@link UsageError} for one without a limit, and for a limit without a query
 */
export function queriesOf(options: Options): Queries | undefined {
  const queries = pairs(options, 'query');
  const limits = { max: numbers(options, 'max'), min: numbers(options, 'min') };
  const list = textOption(options, 'report-only');
  const told = (list ?? '').split(',').filter(Boolean);
  const known = [...queries.keys()].join(', ') || 'none';
  for (const [option, names] of [
    ['max', [...limits.max.keys()]],
    ['min', [...limits.min.keys()]],
    ['report-only', told.filter((name) => name !== ALL)],
  ] as const) {
    const name = names.find((one) => !queries.has(one));
    if (name !== undefined)
      throw new UsageError(`--${option}: there is no --query ${name}= (there: ${known})`);
  }
  if (queries.size === 0) return undefined;
  const gates = [...queries].map(([name, query]): QueryGate => {
    const [max, min] = [limits.max.get(name), limits.min.get(name)];
    const isReportOnly = list === ALL || told.includes(name);
    if (max === undefined && min === undefined && !isReportOnly)
      throw new UsageError(
        `--query ${name} has no limit: give one such as --max ${name}=10, or --report-only ${name}`,
      );
    return {
      ...{ name, query },
      ...(max === undefined ? {} : { max }),
      ...(min === undefined ? {} : { min }),
      ...(isReportOnly ? { isReportOnly } : {}),
    };
  });
  const looks =
    options['queryFor'] === undefined ? 3 : wholeOption(options, 'query-for', [1, 1000]);
  return { gates, looks };
}

/** The queries in a line; nothing without any. */
export function queriesText(queries: Queries | undefined): string {
  if (!queries) return '';
  const told = queries.gates.map(({ name, max, min, isReportOnly }) => {
    if (isReportOnly === true) return `${name} (only told)`;
    const limits = [
      ...(min === undefined ? [] : [`at least ${min}`]),
      ...(max === undefined ? [] : [`at most ${max}`]),
    ];
    return `${name} ${limits.join(', ')}`;
  });
  return ` Beside that, by Prometheus and without any error bound: ${told.join('; ')}; ${queries.looks} looks in a row beyond a limit roll it back.`;
}

function numbers(options: Options, name: string): ReadonlyMap<string, number> {
  return new Map(
    [...pairs(options, name)].map(([key, text]) => {
      const number = Number(text);
      if (text.trim() !== '' && !Number.isNaN(number)) return [key, number];
      throw new UsageError(`--${name} ${key}: ${JSON.stringify(text)} is no number`);
    }),
  );
}

/** PromQL itself has `=` in it: the name ends at the first. */
function pairs(options: Options, name: string): ReadonlyMap<string, string> {
  const all = (options[name] ?? []) as readonly string[];
  const found = new Map<string, string>();
  for (const pair of all) {
    const at = pair.indexOf('=');
    const [key, value] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at < 1 || !/^[\w.-]+$/.test(key) || key === ALL || value === '')
      throw new UsageError(`--${name} ${JSON.stringify(pair)} is not allowed: use NAME=…`);
    if (found.has(key)) throw new UsageError(`--${name} ${key} is given twice: give each once`);
    found.set(key, value);
  }
  return found;
}
