import { judgeOptions, type NotJudged } from '@canary/judge';
import type { Detected } from '@canary/observation';
import {
  chooseMargin,
  watchTraffic,
  type MarginChoice,
  type MarginWish,
  type PlannedRelease,
  type Workload,
} from '@canary/rollout';
import { UsageError, type Io, type Options } from '../command.ts';
import { secondsOption } from '../options.ts';
import type { Place } from '../site/with-site.ts';
import { checkJudging, observerOf } from './judge-of.ts';
import { findSeries } from './find-series.ts';
import type { Judging } from './judging.ts';

/** What a release will be judged by, and what that comes to at the traffic of now. */
export interface Prospect {
  /** With the margin that was chosen. */
  readonly judging: Judging;
  readonly notJudged: readonly NotJudged[];
  /** What was found on the stable release; undefined where it could not be looked at. */
  readonly detected?: Detected | undefined;
  /** Undefined where nothing is judged, or the traffic could not be seen. */
  readonly choice: MarginChoice | undefined;
}

/** What is to be judged. */
export interface Prospected {
  readonly judging: Judging;
  readonly stable: Workload;
  readonly planned: PlannedRelease;
  readonly decideWithinSeconds: number;
}

/** Without `--margin`, and without a sight of the traffic. */
const UNSEEN_MARGIN = 0.01;

/**
 * Looks at the stable release, before anything is touched: whether all that is to be judged can be, how
 * much traffic it has, and with which margin that decides in time.
 *
 * @throws a `MetricsError` that names all that is not there, or an `Error` that says why the pods, or
 *   Prometheus, cannot be looked at
 */
export async function prospectOf(io: Io, place: Place, wish: Prospected): Promise<Prospect> {
  const { stable, planned, decideWithinSeconds } = wish;
  const { release } = stable;
  const { judging, detected } = await findSeries(place, wish.judging, stable);
  const notJudged = await checkJudging(place, judging, release);
  if (judging.metrics.length === 0 || judging.unjudged !== undefined)
    return { judging, notJudged, detected, choice: undefined };
  const { series, judge } = judging;
  const { clock } = place.site;
  const observer = await observerOf(place, judging);
  const traffic = await watchTraffic({ observer, clock }, release, { series, judge }, io.signal);
  const choice =
    traffic &&
    chooseMargin(
      traffic,
      { ...firstSplit(planned), margin: judge.margin, decideWithinSeconds },
      judgeOptions(judge),
    );
  const margin = choice?.margin ?? judge.margin ?? UNSEEN_MARGIN;
  return { judging: { ...judging, judge: { ...judge, margin } }, notJudged, detected, choice };
}

/**
 * How long a verdict may take.
 *
 * @throws {@link UsageError} where it is no time
 */
export function decideWithinOf(options: Options): number {
  const seconds = secondsOption(options, 'decide-within') ?? 600;
  if (seconds > 0) return seconds;
  throw new UsageError(`--decide-within ${seconds} is not above 0: use a time such as 10m`);
}

function firstSplit({ stages }: PlannedRelease): Pick<MarginWish, 'canaryShare' | 'soakSeconds'> {
  const [first] = stages;
  const share = first?.share;
  const gate = first?.stage.gate;
  return {
    canaryShare: share ? share.numerator / share.denominator : 0,
    soakSeconds: gate?.kind === 'verdict' ? gate.soakMs / 1000 : 0,
  };
}
