import {
  beginStep,
  describe,
  judgeOptions,
  SeriesIndex,
  weigh,
  type JudgeOptions,
  type Judgement,
  type JudgeState,
  type MetricEvidence,
  type SeriesName,
} from '@canary/judge';
import type { Judge, JudgeContext, Opinion } from '../ports/judge.ts';
import type { Look, Observer } from '../ports/observer.ts';
import { checkLook } from './check-metrics.ts';
import { countersOf, seriesRules, type JudgedSeries } from './judged-series.ts';

/** How a release is judged; everything has a default. */
export interface JudgeForOptions {
  /** Which series. */
  readonly series?: JudgedSeries;
  /** Metrics, error budgets, margins and times. */
  readonly judge?: Partial<JudgeOptions>;
}

/** The judge's saved sums. */
interface Saved {
  /** They are of one rollout: another one begins anew. */
  readonly rollout: string;
  /** The metrics were there at the first look. */
  readonly checked: boolean;
  readonly series: readonly SeriesName[];
  readonly sums: JudgeState;
}

/**
 * The judge of a release that is weighed: compares the canary's errors, response times and restarts
 * with the stable release's, look by look, as `weigh` of the judge does it.
 *
 * A canary with a pod that cannot be scraped, or without any, is never promoted. Soak and limit count
 * from the step's beginning; evidence carries over from step to step and from driver to driver. A
 * look fails as long as the stable release does not expose what is to be judged.
 *
 * @throws `OptionError`, or an `Error` for a pattern, where an option is not possible
 */
export function judgeFor(observer: Observer, given: JudgeForOptions = {}): Judge {
  const options = judgeOptions(given.judge);
  const rules = seriesRules(given.series);
  let context: JudgeContext | undefined;
  let saved: Saved | undefined;
  let index = new SeriesIndex(rules.isWanted);
  return {
    begin: (begun) => {
      const { rollout, startedAt } = begun;
      const sums = saved?.rollout === rollout ? saved.sums : undefined;
      if (!sums) index = new SeriesIndex(rules.isWanted);
      const checked = sums !== undefined && saved!.checked;
      context = begun;
      saved = { rollout, checked, series: [...index.series], sums: beginStep(sums, startedAt) };
    },
    look: async (signal) => {
      const look = await observer.look(signal);
      if (!context || !saved) throw new Error('the judge was not told which releases to compare');
      const releases = { canary: context.canary.release, stable: context.stable.release };
      if (!saved.checked) checkLook(look, releases.stable, { rules, options });
      const { state, judgement } = weigh(
        saved.sums,
        {
          ...countersOf(look, index, { rules, releases }),
          at: look.at,
          releases,
          there: look.targets.map(({ pod }) => pod),
          blocker: unhealthy(look, releases.canary),
        },
        options,
      );
      saved = { ...saved, checked: true, series: [...index.series], sums: state };
      return opinionOf(judgement, rules.sources);
    },
    state: () => saved,
    restore: (state) => {
      saved = state as Saved;
      index = new SeriesIndex(rules.isWanted, saved.series);
    },
  };
}

/** Why a release must not be promoted for the health of its targets. */
function unhealthy({ targets }: Look, canary: string): string | undefined {
  const own = targets.filter(({ release }) => release === canary);
  if (own.length === 0) {
    return `no pod of ${canary} asks to be scraped: see that they run and carry the scrape annotations`;
  }
  const down = own.find(({ health }) => health !== 'up');
  return down && `${down.pod} is not UP: ${down.error ?? down.health}`;
}

function opinionOf(
  judgement: Judgement,
  sources: NonNullable<Opinion['judgement']>['sources'],
): Opinion {
  const { verdict, logE, needed, logSafe, neededSafe, metrics, requests, releases } = judgement;
  const evidence = {
    E: finite(logE),
    'E needed': needed,
    safety: finite(logSafe),
    'safety needed': neededSafe,
  };
  return {
    verdict,
    reason: describe(judgement),
    evidence: Object.assign(evidence, ...metrics.map(figuresOf)) as Record<string, number>,
    requests: { [releases.canary]: requests.canary, [releases.stable]: requests.stable },
    judgement: { ...judgement, sources },
  };
}

function figuresOf({ metric, canary, stable, logE }: MetricEvidence): Record<string, number> {
  return {
    [`E ${metric}`]: finite(logE),
    [`canary ${metric}`]: canary.events,
    [`canary ${metric} of`]: canary.of,
    [`stable ${metric}`]: stable.events,
    [`stable ${metric} of`]: stable.of,
  };
}

/** Evidence as a number that JSON knows. */
function finite(log: number): number {
  return Math.min(Math.exp(log), Number.MAX_VALUE);
}
