import type { PlatformObject } from '@canary/rollout';
import { expect } from '@playwright/test';
import { say } from './expectations.ts';
import type { QueryResult, World } from './world.ts';

/** One query of a dashboard, ready for Prometheus. */
export interface DashboardQuery {
  /** Dashboard and panel. */
  readonly where: string;
  readonly promql: string;
  /** Labels that its legend or title shows. */
  readonly shows: readonly string[];
  /** A value that one of these labels has to have. */
  readonly has?: { readonly label: string; readonly value: string };
}

/** What a Grafana dashboard has, as far as queries go. */
interface Dashboard {
  readonly title: string;
  readonly panels: readonly {
    readonly title: string;
    readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
  }[];
  readonly annotations: {
    readonly list: readonly {
      readonly name: string;
      readonly expr: string;
      readonly titleFormat: string;
    }[];
  };
  readonly templating: {
    readonly list: readonly { readonly name: string; readonly query: { readonly query: string } }[];
  };
}

type Choice = Readonly<Record<string, string>>;

/** Every query of the dashboards in a ConfigMap, with the variables as they are chosen. */
export function dashboardQueries(configMap: PlatformObject, choice: Choice): DashboardQuery[] {
  const { data } = configMap as unknown as { readonly data: Readonly<Record<string, string>> };
  return Object.values(data).flatMap((text) => queriesOf(JSON.parse(text) as Dashboard, choice));
}

function queriesOf({ title, panels, annotations, templating }: Dashboard, choice: Choice) {
  const query = (where: string, expr: string, shown: string): DashboardQuery => ({
    where: `${title}, ${where}`,
    promql: withChoice(expr, choice),
    shows: [...shown.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, label]) => label!),
  });
  return [
    ...panels.flatMap((panel) =>
      panel.targets.map(({ expr, legendFormat }) => query(panel.title, expr, legendFormat)),
    ),
    ...annotations.list.map(({ name, expr, titleFormat }) => query(name, expr, titleFormat)),
    ...templating.list.map(({ name, query: { query: text } }) => {
      const [, series = '', label = ''] = /^label_values\((.*), (\w+)\)$/.exec(text) ?? [];
      const has = { label, value: choice[name] ?? '' };
      return { ...query(`variable ${name}`, series, ''), has };
    }),
  ];
}

function withChoice(expr: string, choice: Choice): string {
  return expr.replace(/\$(\w+)/g, (found, name: string) => choice[name] ?? found);
}

/**
 * Waits until every query gives data of the right shape: finite values, the labels that are shown,
 * by them no two series alike, and every release where releases are shown.
 */
export async function expectDashboards(
  world: Pick<World, 'query'>,
  queries: readonly DashboardQuery[],
  releases: readonly string[],
): Promise<void> {
  const problems = async () => {
    const all = await Promise.all(
      queries.map(async (query) => problemOf(query, await world.query(query.promql), releases)),
    );
    return all.filter((problem) => problem !== undefined);
  };
  await expect
    .poll(problems, { message: 'data of every query', timeout: 120_000, intervals: [2000] })
    .toEqual([]);
  say(`${queries.length} queries of the dashboards have data of the right shape`);
}

/** What is wrong with what a query gave; undefined where nothing is. */
export function problemOf(
  { where, promql, shows, has }: DashboardQuery,
  result: readonly QueryResult[],
  releases: readonly string[],
): string | undefined {
  const wrong = (why: string) => `${where}: ${promql}: ${why}`;
  if (promql.includes('$')) return wrong('a variable is not known');
  if (result.length === 0) return wrong('no data');
  const values = result.map(({ samples }) => samples.at(-1)?.[1] ?? Number.NaN);
  if (!values.every(Number.isFinite)) return wrong(`values ${values.join(', ')}`);
  const shown = result.map(({ metric }) => shows.map((label) => metric[label] ?? ''));
  if (shown.some((labels) => labels.includes(''))) return wrong(`no ${shows.join(', ')}`);
  if (!has && new Set(shown.map((labels) => labels.join())).size < result.length)
    return wrong(`${result.length} series that only differ in what is not shown`);
  if (has && !result.some(({ metric }) => metric[has.label] === has.value))
    return wrong(`no ${has.label} ${has.value}`);
  if (!shows.includes('release')) return undefined;
  const seen = new Set(result.map(({ metric }) => metric['release']));
  const missing = releases.filter((release) => !seen.has(release));
  return missing.length > 0 ? wrong(`nothing of ${missing.join(', ')}`) : undefined;
}
