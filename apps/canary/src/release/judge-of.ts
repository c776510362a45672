import { checkMetrics, judgedMetrics, judgeFor, observeFor, type Judge } from '@canary/rollout';
import type { NotJudged } from '@canary/judge';
import { checkPrometheus } from '@canary/observation';
import type { ViewOptions } from '../site/site.ts';
import type { Place } from '../site/with-site.ts';
import type { Judging } from './judging.ts';

/** Times that a plan gives its observations, in seconds. */
export interface Times {
  readonly soakSeconds: number;
  readonly limitSeconds: number;
}

/** The judge of a rollout, as it was told to judge when it was started. */
export async function judgeOf(
  place: Place,
  judging: Judging | undefined,
  times: Times,
): Promise<Judge> {
  const { site, selector } = place;
  if (!judging) return observeFor(await site.observer(selector, { source: 'direct' }));
  const observer = await site.observer(selector, viewOf(judging));
  if (judging.metrics.length === 0) return observeFor(observer);
  const { series, isLatencyAsked = false } = judging;
  return judgeFor(observer, { series, isLatencyAsked, judge: { ...judging.judge, ...times } });
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
  if (prometheus) await checkPrometheus(prometheus);
  if (judging.metrics.length === 0) return [];
  const { series, judge, isLatencyAsked = false } = judging;
  return checkMetrics(await site.observer(selector, view), stable, {
    ...{ series, judge, isLatencyAsked },
  });
}

function viewOf({ source, prometheus, prometheusHeaderFile, series }: Judging): ViewOptions {
  return { source, prometheus, prometheusHeaderFile, metrics: judgedMetrics(series) };
}
