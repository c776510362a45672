import {
  checkMetrics,
  judgedMetrics,
  judgeFor,
  observeFor,
  type Judge,
  type Observer,
} from '@canary/rollout';
import type { Place } from '../site/with-site.ts';
import type { Judging } from './judging.ts';

/** When a verdict counts, and how long one is waited for, is the plan's. */
const PLAN_DECIDES = { soakSeconds: 0 } as const;

/** The judge of a rollout, as it was told to judge when it was started. */
export async function judgeOf(place: Place, judging: Judging | undefined): Promise<Judge> {
  const { site, selector } = place;
  if (!judging) return observeFor(await site.observer(selector, { source: 'direct' }));
  const observer = await observerOf(place, judging);
  if (judging.metrics.length === 0) return observeFor(observer);
  return judgeFor(observer, {
    series: judging.series,
    judge: { ...judging.judge, ...PLAN_DECIDES },
  });
}

/**
 * Looks whether all that is to be judged can be, before anything is touched.
 *
 * @throws a `MetricsError` that names the metric that is not there
 */
export async function checkJudging(place: Place, judging: Judging, stable: string): Promise<void> {
  if (judging.metrics.length === 0) return;
  const { series, judge } = judging;
  await checkMetrics(await observerOf(place, judging), stable, { series, judge });
}

function observerOf({ site, selector }: Place, judging: Judging): Promise<Observer> {
  const { source, prometheus, series } = judging;
  return site.observer(selector, { source, prometheus, metrics: judgedMetrics(series) });
}
