import { percentText } from '@canary/api/view';
import { judgeOptions, type Bound, type NotJudged } from '@canary/judge';
import type { Judging } from './judging.ts';
import { queriesText } from './query-options.ts';

/** How a release is judged, in a line. */
export function judgingText(judging: Judging, stable: string): string {
  const { metrics, source, prometheus, judge, series, queries } = judging;
  if (metrics.length === 0) return `Nothing is judged: time alone decides.${queriesText(queries)}`;
  if (judging.unjudged !== undefined)
    return `No request will be judged: ${judging.unjudged}. Readiness and restarts decide, with time.${queriesText(queries)}`;
  const { margin, marginTimes, worse, alpha, warmUpSeconds } = judgeOptions(judge);
  const from = source === 'prometheus' ? 'as Prometheus scraped them' : 'scraped from the pods';
  const up = prometheus === undefined ? '' : '; its targets have to be UP in Prometheus';
  const where = series.where ? `, where ${series.where.join(', ')}` : '';
  const within = boundText({ times: marginTimes, plus: margin }, stable);
  return (
    `Judged: ${metrics.join(', ')}, ${from}${where}${up}. ${countedText(series)}` +
    `Rolled back where it is worse than ${stable}: for errors, above ${boundText(worse.errors, stable)} ` +
    `(wrongly in at most ${percentText(alpha)} of releases, if requests are independent of each other and pods alike); ` +
    `promoted where its failures are below ${within}. ` +
    `A pod is new for ${warmUpSeconds} s: its response times do not count, its failures are borne with. ` +
    `One's own scrapes and probes are no traffic.${objectivesText(judging)}${queriesText(queries)}`
  );
}

/** What counts requests, and where response times are. */
function countedText(series: Judging['series']): string {
  const { requests, statusLabel, statusNames, durations } = series;
  if (requests === undefined) return '';
  const status = statusNames ? '' : ` by its label ${statusLabel ?? 'status'}`;
  const times = durations === undefined ? '' : `, response times by ${durations}`;
  return `Requests are counted by ${requests}${status}${times}. `;
}

/** What is not judged and why, a line each. */
export function notJudgedLines(notJudged: readonly NotJudged[]): string[] {
  return notJudged.map(({ metric, why }) => `Not judged: ${metric}, ${why}.`);
}

function boundText({ times, plus }: Bound, stable: string): string {
  return `${times} times those of ${stable} + ${pointsText(plus)}`;
}

/** A share as percentage points, such as `0.05 points` or `1 point`. */
export function pointsText(share: number): string {
  const points = Number((100 * share).toPrecision(3));
  return `${points} ${points === 1 ? 'point' : 'points'}`;
}

function objectivesText({ judge }: Judging): string {
  const { objectiveErrors, objectiveLatency } = judge;
  const limits = [
    ...(objectiveErrors === undefined
      ? []
      : [`more than ${percentText(objectiveErrors)} of its requests fail`]),
    ...(objectiveLatency === undefined
      ? []
      : [
          `more than ${percentText(objectiveLatency.share)} of them take longer than ${objectiveLatency.seconds} s`,
        ]),
  ];
  return limits.length === 0
    ? ''
    : ` Held, whatever the stable release does, where ${limits.join(', or ')}.`;
}
