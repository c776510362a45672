import { changesSince, judgeOptions } from '@canary/judge';
import type { Look } from '../ports/observer.ts';
import type { JudgeForOptions } from '../observe/judge-for.ts';
import { seriesRules } from '../observe/judged-series.ts';
import { Reader } from '../observe/reader.ts';

/** What a release answers now. */
export interface StableTraffic {
  /** Requests per second, of all pods that were sampled. */
  readonly requests: number;
  /**
   * The share of them that fails, from 0 to 1, of all that its pods have counted so far: some seconds
   * show too few failures to tell.
   */
  readonly errors: number;
}

/**
 * The traffic of a release between two looks, counted by the very rule by which it will be judged: one's
 * own scrapes and probes are left out, and so is what nobody understands.
 *
 * @param stable the pods' `release` label
 * @returns undefined where no pod has a newer sample than before: the source is read less often than that
 * @throws `OptionError`, or an `Error` for a pattern, where an option is not possible
 */
export function stableTraffic(
  before: Look,
  now: Look,
  stable: string,
  options: JudgeForOptions = {},
): StableTraffic | undefined {
  const judge = judgeOptions(options.judge);
  const reader = new Reader({
    rules: seriesRules(options.series),
    options: judge,
    isLatencyAsked: false,
  });
  // There is no canary yet, and an empty label is no release's.
  const releases = { canary: '', stable };
  const first = reader.read(before, releases, []).counts.pods;
  const { pods, counted } = reader.read(now, releases, first).counts;
  const own = pods.filter(({ release }) => release === stable);
  const known = new Map(first.map((pod) => [pod.pod, pod]));
  const changes = changesSince(known, before.at, own).filter(({ seconds }) => seconds > 0);
  if (changes.length === 0) return undefined;
  const sum = (values: readonly number[], what: 'answered' | 'failed') =>
    values.reduce((all, value, at) => (counted[at] === what ? all + value : all), 0);
  const requests = changes.reduce(
    (all, { delta, seconds }) => all + (sum(delta, 'answered') + sum(delta, 'failed')) / seconds,
    0,
  );
  const failed = own.reduce((all, { values }) => all + sum(values, 'failed'), 0);
  const answered = own.reduce((all, { values }) => all + sum(values, 'answered'), 0);
  const total = failed + answered;
  return { requests, errors: total === 0 ? 0 : failed / total };
}
