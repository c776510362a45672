import { judgeOptions, OptionError, type JudgeOptions, type Metric } from '@canary/judge';
import type { ScrapeWish } from '@canary/observation';
import { judgedMetrics, type JudgedSeries, messageOf } from '@canary/rollout';
import { UsageError, type Options } from '../command.ts';
import { given, numberOption, secondsOption, textOption, wholeOption } from '../options.ts';
import { AUTO, METRICS, NONE } from './judging-options.ts';
import { queriesOf, type Queries } from './query-options.ts';

/** How a release is judged; saved with it, so that whoever drives it judges alike. */
export interface Judging {
  /** Nothing is judged where there is none. */
  readonly metrics: readonly Metric[];
  /** Where the pods' counters are read: from the pods themselves, all at once, or from Prometheus. */
  readonly source: 'direct' | 'prometheus';
  /** Where pods are scraped directly, where that was said. */
  readonly scrape?: ScrapeWish;
  /** Address of the Prometheus whose targets have to be UP, or `service`: the one of the namespace. */
  readonly prometheus: string | undefined;
  readonly judge: Partial<JudgeOptions>;
  readonly series: JudgedSeries;
  /** What is judged was asked for by name; without, it is what of all can be. */
  readonly isAsked?: boolean;
  /**
   * Why no request can be counted, where none can: readiness and restarts decide then, with time. In words
   * that end a sentence.
   */
  readonly unjudged?: string;
  /** Latency was asked for by name; records of earlier versions do not say. */
  readonly isLatencyAsked?: boolean;
  /** Queries with limits, beside the comparison. */
  readonly queries?: Queries;
  /** Where whoever drives finds headers for Prometheus; the headers themselves are never saved. */
  readonly prometheusHeaderFile?: string;
}

/**
 * How the options want a release judged.
 *
 * @throws {@link UsageError} naming the option that is not possible
 */
export function judgingOf(options: Options): Judging {
  const asked = textOption(options, 'judge');
  const metrics = asked === undefined ? METRICS : metricsOf(asked);
  const durations = textOption(options, 'latency-metric');
  const judge: Partial<JudgeOptions> = {
    ...(metrics.length === 0 ? {} : { metrics }),
    ...given('alpha', numberOption(options, 'alpha')),
    ...given('alphaPromote', numberOption(options, 'alpha-promote')),
    ...given('margin', marginOf(options)),
    ...worseOf(options),
    ...given('marginTimes', numberOption(options, 'margin-times')),
    ...given('latencyObjectiveSeconds', secondsOption(options, 'latency-objective')),
    ...given('objectiveErrors', numberOption(options, 'objective-errors')),
    ...objectiveLatencyOf(options),
    latencyTest: options['latencyTest'] === 'same-law' ? 'same law' : 'slower',
    ...given('warmUpSeconds', secondsOption(options, 'warm-up')),
    robust: options['robust'] === true,
  };
  try {
    judgeOptions(judge);
  } catch (error) {
    if (error instanceof OptionError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
  const series = seriesOf(options);
  const queries = queriesOf(options);
  const prometheus = textOption(options, 'prometheus') ?? 'service';
  const source = options['judgeFrom'] === 'prometheus' ? 'prometheus' : 'direct';
  if (source === 'prometheus' && prometheus === NONE)
    throw new UsageError('--judge-from prometheus needs one: leave --prometheus none out');
  if (queries && prometheus === NONE)
    throw new UsageError('--query asks Prometheus: leave --prometheus none out');
  return {
    metrics,
    source,
    ...given('scrape', scrapeOf(options)),
    prometheus: prometheus === NONE ? undefined : prometheus,
    judge,
    series,
    ...(asked === undefined ? {} : { isAsked: true }),
    isLatencyAsked: metrics.includes('latency') && (asked ?? durations) !== undefined,
    ...given('queries', queries),
    ...given('prometheusHeaderFile', textOption(options, 'prometheus-header-file')),
  };
}

/**
 * The margin that the options name; undefined where it is to follow from the traffic.
 *
 * @throws {@link UsageError} where it is no number
 */
function marginOf(options: Options): number | undefined {
  return options['margin'] === AUTO ? undefined : numberOption(options, 'margin');
}

/** How much more often requests to the canary may fail; the judge's own bounds for all else. */
function worseOf(options: Options): Pick<Partial<JudgeOptions>, 'worse'> {
  const { worse } = judgeOptions();
  const { errors } = worse;
  const times = numberOption(options, 'worse-times') ?? errors.times;
  const plus = numberOption(options, 'worse-plus') ?? errors.plus;
  if (times === errors.times && plus === errors.plus) return {};
  return { worse: { ...worse, errors: { times, plus } } };
}

/** Of a hundred requests one may be slower. */
const SLOWER_SHARE = 0.01;

function objectiveLatencyOf(options: Options): Pick<Partial<JudgeOptions>, 'objectiveLatency'> {
  const seconds = secondsOption(options, 'objective-latency');
  return seconds === undefined ? {} : { objectiveLatency: { seconds, share: SLOWER_SHARE } };
}

/** @throws {@link UsageError} where a pattern or a matcher is none */
function seriesOf(options: Options): JudgedSeries {
  const where = (options['where'] ?? []) as readonly string[];
  const unit = options['latencyUnit'];
  const series: JudgedSeries = {
    ...given('requests', textOption(options, 'requests-metric')),
    ...given('statusLabel', textOption(options, 'status-label')),
    ...given('errorStatus', textOption(options, 'error-status')),
    ...given('durations', textOption(options, 'latency-metric')),
    ...(unit === 's' || unit === 'ms' ? { durationUnit: unit } : {}),
    ...given('inFlight', textOption(options, 'in-flight-metric')),
    ...(where.length === 0 ? {} : { where }),
  };
  try {
    judgedMetrics(series);
  } catch (error) {
    const message = messageOf(error);
    throw new UsageError(`--${message.replace(/^errorStatus/, 'error-status')}`, { cause: error });
  }
  return series;
}

/**
 * Where the options want pods scraped; undefined where they do not say.
 *
 * @throws {@link UsageError} where the port or the path is none
 */
export function scrapeOf(options: Options): ScrapeWish | undefined {
  const path = textOption(options, 'metrics-path');
  if (path !== undefined && !path.startsWith('/'))
    throw new UsageError(
      `--metrics-path ${JSON.stringify(path)} has no leading slash: give /${path}`,
    );
  const port =
    options['metricsPort'] === undefined
      ? undefined
      : wholeOption(options, 'metrics-port', [1, 65_535]);
  if (port === undefined && path === undefined) return undefined;
  return { ...given('port', port), ...given('path', path) };
}

function metricsOf(list: string): Metric[] {
  if (list === NONE) return [];
  return list.split(',').map((name) => {
    const metric = METRICS.find((one) => one === name.trim());
    if (metric) return metric;
    throw new UsageError(
      `--judge: ${JSON.stringify(name)} is no metric: use a list of ${METRICS.join(', ')}, or ${NONE}`,
    );
  });
}

/** Without a Prometheus in the namespace the pods alone say whether they can be scraped. */
export function judgingHere(judging: Judging, hasPrometheus: boolean): Judging {
  return hasPrometheus || judging.prometheus !== 'service'
    ? judging
    : { ...judging, prometheus: undefined };
}
