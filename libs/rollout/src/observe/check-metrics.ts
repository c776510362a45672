import {
  bucketBound,
  judgeOptions,
  objectiveProblem,
  type JudgeOptions,
  type Metric,
} from '@canary/judge';
import type { Look, Observer, PodSample } from '../ports/observer.ts';
import { seriesRules, type SeriesRules } from './judged-series.ts';
import type { JudgeForOptions } from './judge-for.ts';

/** What is to be judged is not there to be counted; the message names the metric, what is there instead, and the remedy. */
export class MetricsError extends Error {
  override readonly name = 'MetricsError';
}

/**
 * Looks once, and checks that the stable release exposes all that the options want judged. To be called
 * before a release begins: without its metrics no canary could ever be told from a good one.
 *
 * @param stable the pods' `release` label
 * @throws {@link MetricsError} where something is missing, and `OptionError` where an option is not possible
 */
export async function checkMetrics(
  observer: Observer,
  stable: string,
  options: JudgeForOptions = {},
): Promise<void> {
  const look = await observer.look();
  checkLook(look, stable, {
    rules: seriesRules(options.series),
    options: judgeOptions(options.judge),
  });
}

/** What a look is checked against. */
export interface Wanted {
  readonly rules: SeriesRules;
  readonly options: JudgeOptions;
}

/** As {@link checkMetrics}, of a look that was taken. */
export function checkLook(look: Look, stable: string, wanted: Wanted): void {
  const samples = look.samples.filter(({ release }) => release === stable);
  if (samples.length === 0) {
    const down = look.targets.filter(({ release }) => release === stable);
    const why = down.map(({ pod, error, health }) => `${pod}: ${error ?? health}`).join('; ');
    throw new MetricsError(
      `no pod of release ${stable} gave a sample (${why || 'none asks to be scraped'}): see that its pods run and carry the scrape annotations`,
    );
  }
  for (const metric of wanted.options.metrics) checks[metric](samples, wanted);
}

const checks: Record<Metric, (samples: readonly PodSample[], wanted: Wanted) => void> = {
  errors: (samples, { rules }) => {
    const found = wantedSeries(samples, rules.requests, rules);
    if (found.some(({ labels }) => labels[rules.statusLabel] !== undefined)) return;
    const labels = [...new Set(found.flatMap((one) => Object.keys(one.labels)))];
    throw new MetricsError(
      `${rules.requests} has no label ${rules.statusLabel} (there: ${labels.join(', ') || 'none'}): name the one that tells how a request went`,
    );
  },
  latency: (samples, { rules, options }) => {
    const found = wantedSeries(samples, `${rules.durations}_bucket`, rules);
    const objective = options.latencyObjectiveSeconds;
    if (objective === undefined) return;
    const bounds = found.map(bucketBound).filter((bound) => bound < Infinity);
    const bound = Math.min(...bounds.filter((one) => one >= objective));
    if (bound === Infinity) {
      throw new MetricsError(
        `latencyObjectiveSeconds ${objective} is above every bucket of ${rules.durations} (highest: ${Math.max(...bounds)}): give a shorter time, or add a bucket`,
      );
    }
    const upTo = (le: number) =>
      found.reduce((sum, one) => (bucketBound(one) === le ? sum + one.value : sum), 0);
    const total = upTo(Infinity);
    const problem = total > 0 && objectiveProblem(1 - upTo(bound) / total, options);
    if (problem) throw new MetricsError(problem);
  },
  restarts: (samples) => {
    const without = samples.find(({ startedAt }) => startedAt === undefined);
    if (!without) return;
    throw new MetricsError(
      `${without.pod} does not expose process_start_time_seconds, from which restarts are told (there: ${namesIn(samples)}): expose it, or do not judge restarts`,
    );
  },
};

function wantedSeries(samples: readonly PodSample[], name: string, { isWanted }: SeriesRules) {
  const all = samples.flatMap(({ series }) => series);
  const found = all.filter((one) => one.name === name);
  const wanted = found.filter(isWanted);
  if (wanted.length > 0) return wanted;
  const release = samples[0]!.release;
  throw new MetricsError(
    found.length > 0
      ? `no series of ${name} of release ${release} has the labels asked for: change them`
      : `release ${release} does not expose ${name} (there: ${namesIn(samples)}): name another metric, or expose it`,
  );
}

function namesIn(samples: readonly PodSample[]): string {
  const names = new Set(samples.flatMap(({ series }) => series.map(({ name }) => name)));
  return [...names].sort().join(', ') || 'none of the metrics that were asked for';
}
