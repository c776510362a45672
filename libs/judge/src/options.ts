import type { Bound } from './formulas/counts.ts';

/** What is judged: failed requests, slow requests, restarts of the pods' processes. */
export type Metric = 'errors' | 'latency' | 'restarts';

/** How the judge judges; {@link judgeOptions} has the defaults. */
export interface JudgeOptions {
  /** `errors` is always among them. All by default; they share the error budget alike. */
  readonly metrics: readonly Metric[];
  /** Probability that a canary that is no worse is ever rolled back; 0.01. */
  readonly alpha: number;
  /** Probability that a canary beyond the margin is ever promoted; 0.05. */
  readonly alphaPromote: number;
  /**
   * What the canary may be before it counts as worse, for each metric: its share of events at most
   * `times` the stable release's share, plus `plus`. 1.5 and 0.0005, as the margin; for latency 1.25
   * and 0.01; for restarts 1 and 0.
   */
  readonly worse: Readonly<Record<Metric, Bound>>;
  /** The same for failed requests to pods that have not been ready for `warmUpSeconds`: 3 and 0.1. */
  readonly cold: Bound;
  /** rm: a canary is safe whose share is below `marginTimes` the stable release's, plus `margin`; 1.5. */
  readonly marginTimes: number;
  /** dm, see `marginTimes`; 0.0005. An error-free canary needs about 4.8 / dm requests of its own. */
  readonly margin: number;
  /** No promotion before so many seconds; 60. */
  readonly soakSeconds: number;
  /**
   * How long a pod is new after it has become ready, by the clock of the looks; 30. Its response times
   * do not count meanwhile, its failures against `cold`, and neither counts for a promotion.
   */
  readonly warmUpSeconds: number;
  /**
   * `slower` (the default): requests slower than the bucket that held the stable release's past
   * 50th, 90th and 99th percentile are the events. `same law`: any difference counts, however small.
   */
  readonly latencyTest: 'slower' | 'same law';
  /**
   * A promotion then also needs the share of requests slower than this to be inside the margin. None
   * by default: a promotion says nothing about latency then.
   */
  readonly latencyObjectiveSeconds: number | undefined;
  /** The release is held where more than this share of the canary's requests fails; none by default. */
  readonly objectiveErrors: number | undefined;
  /** The same where more than `share` of them is slower than `seconds`; none by default. */
  readonly objectiveLatency: { readonly seconds: number; readonly share: number } | undefined;
  /**
   * Roll back only where the ranks of the pods say so as well, in blocks of 30 s: for pods that have
   * bursts of errors each on its own. Slower; false.
   */
  readonly robust: boolean;
  /**
   * Samples that are so many milliseconds apart count as taken at one instant; 100. Beyond it the
   * stable pods' windows before and after the canary's are both weighed.
   */
  readonly skewMs: number;
  /** Without requests to both sides for so many seconds there is no data; 60. */
  readonly noDataSeconds: number;
}

/** An option is not possible; the message names it, its value and the remedy. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

const DEFAULTS: JudgeOptions = {
  metrics: ['errors', 'latency', 'restarts'],
  alpha: 0.01,
  alphaPromote: 0.05,
  worse: {
    errors: { times: 1.5, plus: 0.0005 },
    latency: { times: 1.25, plus: 0.01 },
    restarts: { times: 1, plus: 0 },
  },
  cold: { times: 3, plus: 0.1 },
  marginTimes: 1.5,
  margin: 0.0005,
  soakSeconds: 60,
  warmUpSeconds: 30,
  latencyTest: 'slower',
  latencyObjectiveSeconds: undefined,
  objectiveErrors: undefined,
  objectiveLatency: undefined,
  robust: false,
  skewMs: 100,
  noDataSeconds: 60,
};

const share = [(value: number) => value > 0 && value < 1, 'between 0 and 1'] as const;
const notNegative = [(value: number) => value >= 0 && value < Infinity, '0 or more'] as const;
const positive = [(value: number) => value > 0 && value < Infinity, 'above 0'] as const;

/**
 * The options with the defaults for those not given.
 *
 * @throws {@link OptionError} where one is not possible
 */
export function judgeOptions(given: Partial<JudgeOptions> = {}): JudgeOptions {
  const options = { ...DEFAULTS, ...given };
  for (const [name, value, [isPossible, what], remedy] of numbersOf(options)) {
    if (!isPossible(value)) {
      throw new OptionError(`${name} ${value} is not ${what}: give a number such as ${remedy}`);
    }
  }
  const { metrics, latencyObjectiveSeconds: objective } = options;
  const names = metrics.join(', ') || 'none';
  if (!metrics.includes('errors')) {
    throw new OptionError(`metrics (${names}) lack errors: add errors, promotions rest on it`);
  }
  if (new Set(metrics).size < metrics.length) {
    throw new OptionError(`metrics (${names}) name one twice: name each once`);
  }
  if (objective !== undefined && !metrics.includes('latency')) {
    throw new OptionError(
      `latencyObjectiveSeconds ${objective} needs the metric latency, and there are ${names}: add it, or give no objective`,
    );
  }
  return options;
}

function numbersOf(options: JudgeOptions) {
  const { worse, cold, latencyObjectiveSeconds: objective } = options;
  const { objectiveErrors, objectiveLatency } = options;
  return [
    ['alpha', options.alpha, share, 0.01],
    ['alphaPromote', options.alphaPromote, share, 0.05],
    ['margin', options.margin, share, 0.01],
    ['marginTimes', options.marginTimes, positive, 1.5],
    ['soakSeconds', options.soakSeconds, notNegative, 60],
    ['warmUpSeconds', options.warmUpSeconds, notNegative, 30],
    ['skewMs', options.skewMs, notNegative, 100],
    ['noDataSeconds', options.noDataSeconds, positive, 60],
    ...(objective === undefined
      ? []
      : ([['latencyObjectiveSeconds', objective, positive, 0.5]] as const)),
    ...(objectiveErrors === undefined
      ? []
      : ([['objectiveErrors', objectiveErrors, share, 0.01]] as const)),
    ...(objectiveLatency === undefined
      ? []
      : ([
          ['objectiveLatency.seconds', objectiveLatency.seconds, positive, 0.5],
          ['objectiveLatency.share', objectiveLatency.share, share, 0.01],
        ] as const)),
    ...Object.entries({ ...worse, cold }).flatMap(
      ([metric, { times, plus }]) =>
        [
          [`${boundName(metric)}.times`, times, positive, 1],
          [`${boundName(metric)}.plus`, plus, notNegative, 0],
        ] as const,
    ),
  ] as const;
}

function boundName(name: string): string {
  return name === 'cold' ? name : `worse.${name}`;
}

/**
 * Why a latency objective can promise nothing: where `rm * p0 + dm >= 1`, p0 being the stable
 * release's share of requests slower than it, no canary could be beyond the margin.
 *
 * @returns undefined where the objective is fine
 */
export function objectiveProblem(
  slower: number,
  { latencyObjectiveSeconds, marginTimes, margin }: JudgeOptions,
): string | undefined {
  if (latencyObjectiveSeconds === undefined || marginTimes * slower + margin < 1) return undefined;
  const percent = (100 * slower).toFixed(0);
  return `latencyObjectiveSeconds ${latencyObjectiveSeconds} promises nothing, as ${percent} % of the stable release's requests are slower: give a longer time, or a smaller marginTimes than ${marginTimes}`;
}
