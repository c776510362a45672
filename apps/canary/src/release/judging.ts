import { judgeOptions, OptionError, type JudgeOptions, type Metric } from '@canary/judge';
import { judgedMetrics, type JudgedSeries } from '@canary/rollout';
import { queriesOf, queriesText, queryOptions, type Queries } from './query-options.ts';
import { UsageError, type Options, type OptionSpec } from '../command.ts';
import { given, numberOption, secondsOption, textOption } from '../options.ts';

/** How a release is judged; saved with it, so that whoever drives it judges alike. */
export interface Judging {
  /** Nothing is judged where there is none. */
  readonly metrics: readonly Metric[];
  /** Where the pods' counters are read: from the pods themselves, all at once, or from Prometheus. */
  readonly source: 'direct' | 'prometheus';
  /** Address of the Prometheus whose targets have to be UP, or `service`: the one of the namespace. */
  readonly prometheus: string | undefined;
  readonly judge: Partial<JudgeOptions>;
  readonly series: JudgedSeries;
  /** Latency was asked for by name; records of earlier versions do not say. */
  readonly isLatencyAsked?: boolean;
  /** Queries with limits, beside the comparison. */
  readonly queries?: Queries;
  /** Where whoever drives finds headers for Prometheus; the headers themselves are never saved. */
  readonly prometheusHeaderFile?: string;
}

const METRICS: readonly Metric[] = ['errors', 'latency', 'restarts'];
const NONE = 'none';

/** Options that say how a release is judged. */
export const judgingOptions: readonly OptionSpec[] = [
  {
    flags: '--judge <metrics>',
    description: `what is judged: a list of ${METRICS.join(', ')}, or ${NONE} (default: what of them can be; what is named has to be)`,
  },
  {
    flags: '--judge-from <source>',
    description: 'read counters from the pods themselves, or from Prometheus',
    choices: ['direct', 'prometheus'],
    default: 'direct',
  },
  {
    flags: '--prometheus <url>',
    description:
      'whose targets have to be UP, or none (default: the Service prometheus of the namespace, if any)',
  },
  {
    flags: '--prometheus-header-file <file>',
    description:
      'headers for Prometheus, a line "Name: value" each, read by whoever drives (or CANARY_PROMETHEUS_HEADER_FILE)',
  },
  {
    flags: '--alpha <share>',
    description: 'how often a canary that is no worse may be rolled back',
    default: '0.01',
  },
  {
    flags: '--alpha-promote <share>',
    description: 'how often a canary beyond the margin may be promoted',
    default: '0.05',
  },
  {
    flags: '--margin <share>',
    description:
      'share of failed requests that the canary may have more; 0.01 decides 20 times sooner',
    default: '0.0005',
  },
  {
    flags: '--margin-times <factor>',
    description: 'and how many times the share of the stable release',
    default: '1.5',
  },
  {
    flags: '--latency-objective <time>',
    description: 'a promotion needs the share of slower requests inside the margin, too',
  },
  {
    flags: '--latency-test <test>',
    description: 'slower: than the stable release by a margin; same-law: differs at all',
    choices: ['slower', 'same-law'],
    default: 'slower',
  },
  {
    flags: '--warm-up <time>',
    description: 'response times of a younger process do not count',
    default: '30s',
  },
  {
    flags: '--robust',
    description: 'bear with pods that have bursts of errors, each on its own; slower',
  },
  {
    flags: '--requests-metric <name>',
    description: 'counts requests by status',
    default: 'http_requests_total',
  },
  {
    flags: '--status-label <name>',
    description: 'its label that tells how a request went',
    default: 'status',
  },
  {
    flags: '--error-status <regexp>',
    description:
      'value of that label where a request failed (default: 5xx, names and words of errors, and failures of gRPC)',
  },
  {
    flags: '--latency-metric <name>',
    description: 'histogram of response times (default: http_request_duration_seconds)',
  },
  {
    flags: '--latency-unit <unit>',
    description: 'its unit, where its name does not tell',
    choices: ['s', 'ms'],
  },
  {
    flags: '--in-flight-metric <name>',
    description:
      'gauge of the requests being answered (default: the first found of the usual ones)',
  },
  {
    flags: '--where <matchers>',
    description: `count only series with these labels, such as 'route!="/healthy"'; may be repeated`,
    many: true,
  },
  ...queryOptions,
];

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
    ...given('margin', numberOption(options, 'margin')),
    ...given('marginTimes', numberOption(options, 'margin-times')),
    ...given('latencyObjectiveSeconds', secondsOption(options, 'latency-objective')),
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
    prometheus: prometheus === NONE ? undefined : prometheus,
    judge,
    series,
    isLatencyAsked: metrics.includes('latency') && (asked ?? durations) !== undefined,
    ...given('queries', queries),
    ...given('prometheusHeaderFile', textOption(options, 'prometheus-header-file')),
  };
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
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(`--${message.replace(/^errorStatus/, 'error-status')}`, { cause: error });
  }
  return series;
}

/** How a release is judged, in a line. */
export function judgingText(
  { metrics, source, prometheus, judge, series, queries }: Judging,
  stable: string,
): string {
  if (metrics.length === 0) return `Nothing is judged: time alone decides.${queriesText(queries)}`;
  const { margin, marginTimes, alpha } = judgeOptions(judge);
  const from = source === 'prometheus' ? 'as Prometheus scraped them' : 'scraped from the pods';
  const up = prometheus === undefined ? '' : '; its targets have to be UP in Prometheus';
  const where = series.where ? `, where ${series.where.join(', ')}` : '';
  return (
    `Judged: ${metrics.join(', ')}, ${from}${where}${up}. Rolled back where it is worse than ${stable} ` +
    `(wrongly in at most ${100 * alpha} %), promoted where its failures are below ` +
    `${marginTimes} times those of ${stable} + ${100 * margin} points. One's own scrapes and probes are no traffic.${queriesText(queries)}`
  );
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
