import type { QueryResult, ScrapeTarget, World } from './world.ts';

interface RawResult {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: readonly [number, string];
  readonly values?: readonly (readonly [number, string])[];
}

/** The part of a world that Prometheus' HTTP API answers; `get` fetches a path of it. */
export function prometheusWorld(
  get: (path: string) => Promise<string>,
): Pick<World, 'query' | 'queryRange' | 'targets'> {
  const data = async <Data>(path: string) =>
    (JSON.parse(await get(`/api/v1/${path}`)) as { data: Data }).data;
  const results = async (path: string) =>
    (await data<{ result: readonly RawResult[] }>(path)).result.map(asQueryResult);
  return {
    query: (promql) => results(`query?query=${encodeURIComponent(promql)}`),
    queryRange: (promql, seconds) => {
      const end = Date.now() / 1000;
      const range = `start=${end - seconds}&end=${end}&step=1`;
      return results(`query_range?query=${encodeURIComponent(promql)}&${range}`);
    },
    targets: async () =>
      (await data<{ activeTargets: readonly ScrapeTarget[] }>('targets?state=active'))
        .activeTargets,
  };
}

function asQueryResult({ metric, value, values }: RawResult): QueryResult {
  const samples = values ?? (value ? [value] : []);
  return { metric, samples: samples.map(([at, text]) => [at, Number(text)] as const) };
}
