import type { NotJudged } from '@canary/judge';
import { checkPrometheus, prometheusApi, type PrometheusApiOptions } from '@canary/observation';
import {
  checkMetrics,
  judgedMetrics,
  judgeFor,
  judgeQueries,
  MetricsError,
  observeFor,
  queryProblems,
  readinessFor,
  type AskQuery,
  type Judge,
  type Observer,
} from '@canary/rollout';
import { knownPods } from '../site/known-pods.ts';
import type { ViewOptions } from '../site/site.ts';
import type { Place } from '../site/with-site.ts';
import type { Judging } from './judging.ts';

/** When a verdict counts, and how long one is waited for, is the plan's. */
const PLAN_DECIDES = { soakSeconds: 0 } as const;

/** The judge of a rollout, as it was told to judge when it was started. */
export async function judgeOf(place: Place, judging: Judging | undefined): Promise<Judge> {
  const { site, selector } = place;
  if (!judging) return observeFor(await site.observer(selector, { source: 'direct' }));
  const view = viewOf(judging);
  const observer = await site.observer(selector, view);
  const { queries } = judging;
  const judge = comparing(observer, judging);
  if (!queries) return judge;
  const ask = askOf(await site.prometheus(view));
  return judgeQueries(judge, queries.gates, { ask, looks: queries.looks });
}

function comparing(observer: Observer, judging: Judging): Judge {
  const { metrics, series, isLatencyAsked = false, unjudged } = judging;
  if (unjudged !== undefined) return readinessFor(observer, unjudged);
  if (metrics.length === 0) return observeFor(observer, series);
  return judgeFor(observer, {
    series,
    isLatencyAsked,
    judge: { ...judging.judge, ...PLAN_DECIDES },
  });
}

/**
 * Looks whether all that is to be judged can be, before anything is touched.
 *
 * @returns what will not be judged, and why
 * @throws a `MetricsError` that names all that is not there, or an `Error` that says why Prometheus
 *   is of no use
 */
export async function checkJudging(
  place: Place,
  judging: Judging,
  stable: string,
): Promise<readonly NotJudged[]> {
  const { site, selector } = place;
  const view = viewOf(judging);
  const prometheus = await site.prometheus(view);
  const pods = selector.names ? await knownPods(site.platform, selector, view.scrape) : [];
  if (prometheus) await checkPrometheus(prometheus, pods);
  const { metrics, series, judge, isLatencyAsked = false, queries } = judging;
  const problems = queries ? await queryProblems(queries.gates, askOf(prometheus)) : [];
  if (problems.length > 0) throw new MetricsError(problems.join('\n'));
  if (metrics.length === 0 || judging.unjudged !== undefined) return [];
  const observer = await site.observer(selector, view);
  return checkMetrics(observer, stable, { series, judge, isLatencyAsked });
}

/** Looks at all that the pods expose, as they are looked at for the judge. */
export async function exposingObserver(
  { site, selector }: Place,
  judging: Judging,
): Promise<Observer> {
  return site.observer(selector, { ...viewOf(judging), metrics: 'all' });
}

/** Looks at what is judged. */
export async function observerOf({ site, selector }: Place, judging: Judging): Promise<Observer> {
  return site.observer(selector, viewOf(judging));
}

/** @throws an `Error` where there is no Prometheus to be asked */
function askOf(prometheus: PrometheusApiOptions | undefined): AskQuery {
  if (!prometheus)
    throw new Error(
      '--query asks Prometheus, and there is none in the namespace: name one by --prometheus <url>',
    );
  const api = prometheusApi({ ...prometheus, timeoutMs: QUERY_TIMEOUT_MS });
  return async (query, signal) => {
    const result = await api.query(query, signal);
    if (result.type === 'scalar') return [result.value.value];
    if (result.type === 'vector') return result.series.map(({ value }) => value.value);
    throw new Error(`${query} gives a ${result.type}: ask for numbers of now`);
  };
}

/** A look does not wait longer for a query than for a pod. */
const QUERY_TIMEOUT_MS = 2000;

function viewOf(judging: Judging): ViewOptions {
  const { source, scrape, prometheus, prometheusHeaderFile, series, unjudged } = judging;
  const metrics = judgedMetrics(series);
  const from = unjudged === undefined ? source : 'platform';
  return { source: from, scrape, prometheus, prometheusHeaderFile, metrics };
}
