import { aboutText } from './duration-text.ts';
import { percentText } from './percent-text.ts';
import type { MetricStanding, Promotion, Standing } from './standing.ts';

/** How a release stands, a sentence for each metric and for whatever is in the way. */
export function standingText(standing: Standing): string[] {
  const { metrics, blocker, notJudged } = standing;
  return [
    ...metrics.map((metric) => `${metric.metric}: ${metricText(metric, standing)}`),
    ...(blocker === undefined ? [] : [`not to be promoted: ${blocker}`]),
    ...notJudged.map(({ metric, why }) => `${metric} is not judged: ${why}`),
  ];
}

/**
 * How one metric stands, against what limit, and how long a promotion will still take, such as `3 of
 * 1,204 requests to 2.0.0 failed (0.25 %), worse than 1.0.0 from 1.6 % on; a promotion needs evidence
 * 20, it has 3.1: about 4 min more at this traffic`.
 */
export function metricText(
  metric: MetricStanding,
  { releases }: Pick<Standing, 'releases'>,
): string {
  const { canary, promotion } = metric;
  const counted =
    canary.of === 0 ? `nothing counted of ${releases.canary} yet` : stands(metric, releases);
  return promotion === undefined ? counted : `${counted}; ${promotionText(promotion)}`;
}

function stands(
  { metric, canary, stable, slowerThan, value, threshold }: MetricStanding,
  releases: Standing['releases'],
): string {
  if (metric === 'restarts') {
    const times = canary.events === 1 ? 'restart' : 'restarts';
    return `${countText(canary.events)} ${times} in ${countText(canary.of)} s of ${releases.canary}'s pods, ${countText(stable.events)} in ${countText(stable.of)} s of ${releases.stable}'s`;
  }
  const what = metric === 'errors' ? 'failed' : `took longer than ${slowerThan ?? 0} s`;
  const limit = `worse than ${releases.stable} from ${percentText(threshold)} on`;
  return `${countText(canary.events)} of ${countText(canary.of)} requests to ${releases.canary} ${what} (${percentText(value)}), ${limit}`;
}

function promotionText({ evidence, needed, isCounted, leftMs }: Promotion): string {
  if (!isCounted)
    return `a promotion needs evidence ${countText(needed)}, nothing counts for it yet: requests to new pods do not`;
  const needs = `a promotion needs evidence ${countText(needed)}, it has ${evidenceText(evidence)}`;
  if (leftMs === undefined)
    return `${needs}: at this traffic that takes more than a day, if it comes`;
  return leftMs <= 0 ? needs : `${needs}: ${aboutText(leftMs)} more at this traffic`;
}

const wholeNumber = new Intl.NumberFormat('en');

/** A count such as `1,204`. */
export function countText(value: number): string {
  return wholeNumber.format(Math.round(value));
}

/** Evidence such as `0.93`, `12` or `5.0e8`. */
export function evidenceText(value: number): string {
  if (value >= 1e5) return value.toExponential(1).replace('e+', 'e');
  return value < 0.01 ? 'below 0.01' : countOrFraction(value);
}

function countOrFraction(value: number): string {
  return value >= 100 ? countText(value) : String(Number(value.toPrecision(2)));
}
