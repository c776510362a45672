import {
  judgeOptions,
  objectiveProblem,
  SeriesLedger,
  type JudgeOptions,
  type NotJudged,
} from '@canary/judge';
import type { Look, Observer, PodSample } from '../ports/observer.ts';
import { exposedBy, type Exposed } from './findings.ts';
import { seriesRules, type SeriesRules } from './judged-series.ts';
import type { JudgeForOptions } from './judge-for.ts';
import { aboveAll, problemOf } from './latency-findings.ts';
import type { Wanted } from './reader.ts';

/** What is to be judged is not there to be counted; a line for each metric says what is there instead, and the remedy. */
export class MetricsError extends Error {
  override readonly name = 'MetricsError';
}

/**
 * Looks once, and checks that the stable release exposes all that the options want judged. To be called
 * before a release begins: without its metrics no canary could ever be told from a good one.
 *
 * @param stable the pods' `release` label
 * @returns what will not be judged, since nobody asked for it by name and it cannot be
 * @throws {@link MetricsError} naming all that is missing, and `OptionError` where an option is not possible
 */
export async function checkMetrics(
  observer: Observer,
  stable: string,
  options: JudgeForOptions = {},
): Promise<readonly NotJudged[]> {
  const look = await observer.look();
  const judge = judgeOptions(options.judge);
  return checkLook(look, stable, {
    rules: seriesRules(options.series),
    options: judge,
    isLatencyAsked: isAsked(options, judge),
  });
}

/** An objective asks for latency as well. */
export function isAsked({ isLatencyAsked }: JudgeForOptions, judge: JudgeOptions): boolean {
  return isLatencyAsked === true || judge.latencyObjectiveSeconds !== undefined;
}

/** As {@link checkMetrics}, of a look that was taken. */
export function checkLook(look: Look, stable: string, wanted: Wanted): readonly NotJudged[] {
  const samples = look.samples.filter(({ release }) => release === stable);
  if (samples.length === 0) {
    const down = look.targets.filter(({ release }) => release === stable);
    const why = down.map(({ pod, error, health }) => `${pod}: ${error ?? health}`).join('; ');
    throw new MetricsError(
      `no pod of release ${stable} gave a sample (${why || 'none was found'}): see that its pods run, and serve metrics where they are scraped (--metrics-port, --metrics-path), and, through Prometheus, that it has scraped them by now`,
    );
  }
  const { rules, options, isLatencyAsked } = wanted;
  const ledger = new SeriesLedger(rules.classOf(new Set()));
  const { values } = ledger.take(samples, []);
  const exposed = exposedBy({ release: stable, samples, values, ledger, rules });
  const problems = requestProblems(samples, exposed, rules);
  const latency = options.metrics.includes('latency') ? latencyProblem(exposed, rules) : undefined;
  if (options.metrics.includes('latency') && latency === undefined)
    problems.push(...objectiveProblems(exposed, wanted));
  if (latency !== undefined && isLatencyAsked) problems.push(latencyRefusal(latency, samples));
  if (problems.length > 0) throw new MetricsError(problems.join('\n'));
  return latency === undefined ? [] : [{ metric: 'latency', why: latency }];
}

function latencyProblem(exposed: Exposed, rules: SeriesRules): string | undefined {
  return problemOf(exposed, rules) ?? aboveAll(exposed, rules.durations);
}

function latencyRefusal(why: string, samples: readonly PodSample[]): string {
  return `latency cannot be judged: ${why} (there: ${namesIn(samples)}): name a histogram by --latency-metric, or do not ask for latency`;
}

/** What each pod does alike is not told of each. */
const TOLD = 4;

function requestProblems(
  samples: readonly PodSample[],
  { unclear, release }: Exposed,
  { requests, counters, statusLabel, statusOf, where }: SeriesRules,
): string[] {
  const found = samples.flatMap(({ series }) =>
    series.filter(({ name }) => counters.includes(name)),
  );
  if (found.length === 0)
    return [
      `release ${release} does not expose ${requests} (there: ${namesIn(samples)}): name another metric, or expose it`,
    ];
  const wanted = found.filter(where);
  if (wanted.length === 0)
    return [`no series of ${requests} of release ${release} has the labels asked for: change them`];
  if (wanted.some((one) => statusOf(one) !== '')) return unclear.slice(0, TOLD);
  const labels = [...new Set(wanted.flatMap((one) => Object.keys(one.labels)))];
  return [
    `${requests} has no label ${statusLabel} (there: ${labels.join(', ') || 'none'}): name the one that tells how a request went`,
  ];
}

function objectiveProblems(
  { histogram: { upTo } }: Exposed,
  { rules, options }: { readonly rules: SeriesRules; readonly options: JudgeOptions },
): string[] {
  const objective = options.latencyObjectiveSeconds;
  if (objective === undefined) return [];
  const bounds = [...upTo.keys()].filter((bound) => bound < Infinity);
  const bound = Math.min(...bounds.filter((one) => one >= objective));
  if (bound === Infinity)
    return [
      `latencyObjectiveSeconds ${objective} is above every bucket of ${rules.durations} (highest: ${Math.max(...bounds)}): give a shorter time, or add a bucket`,
    ];
  const total = upTo.get(Infinity) ?? 0;
  const problem = total > 0 && objectiveProblem(1 - upTo.get(bound)! / total, options);
  return problem ? [problem] : [];
}

function namesIn(samples: readonly PodSample[]): string {
  const names = new Set(samples.flatMap(({ series }) => series.map(({ name }) => name)));
  return [...names].sort().join(', ') || 'none of the metrics that were asked for';
}
