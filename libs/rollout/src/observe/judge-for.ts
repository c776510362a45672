import {
  beginStep,
  describe,
  judgeOptions,
  packed,
  unpacked,
  weigh,
  type JudgeOptions,
  type Judgement,
  type JudgeState,
  type MetricEvidence,
  type PackedState,
  type SavedLedger,
} from '@canary/judge';
import type { Judge, JudgeContext, Opinion } from '../ports/judge.ts';
import type { Look, Observer } from '../ports/observer.ts';
import { checkLook, isAsked } from './check-metrics.ts';
import { seriesRules, type JudgedSeries } from './judged-series.ts';
import { Reader } from './reader.ts';

/** How a release is judged; everything has a default. */
export interface JudgeForOptions {
  /** Which series. */
  readonly series?: JudgedSeries;
  /** Metrics, error budgets, margins and times. */
  readonly judge?: Partial<JudgeOptions>;
  /** Latency was asked for by name: where it cannot be judged, nothing is promoted. */
  readonly isLatencyAsked?: boolean;
}

/** What the judge knows between two looks, besides its reader. */
interface Saved {
  /** It is of one rollout: another one begins anew. */
  readonly rollout: string;
  readonly sums: JudgeState;
}

/** What it saves. */
interface Stored extends Omit<Saved, 'sums'> {
  /** What stands between the pods' series and the sums. */
  readonly ledger: SavedLedger;
  readonly sums: PackedState;
}

/**
 * The judge of a release that is weighed: compares the canary's errors, response times and restarts
 * with the stable release's, look by look, as `weigh` of the judge does it.
 *
 * A canary is never promoted while a pod of it cannot be scraped, or without any, or while what it
 * exposes is not what is judged: another name, another label, a status or a value that nobody
 * understands, counts of several processes. None of that keeps it from being rolled back. Soak and
 * limit count from the step's beginning; evidence carries over from step to step and from driver to
 * driver. A look fails as long as the stable release does not expose what is to be judged.
 *
 * @throws `OptionError`, or an `Error` for a pattern, where an option is not possible
 */
export function judgeFor(observer: Observer, given: JudgeForOptions = {}): Judge {
  const options = judgeOptions(given.judge);
  const rules = seriesRules(given.series);
  const wanted = { rules, options, isLatencyAsked: isAsked(given, options) };
  let context: JudgeContext | undefined;
  let saved: Saved | undefined;
  let reader = new Reader(wanted);
  return {
    begin: (begun) => {
      const { rollout, startedAt } = begun;
      const before = saved?.rollout === rollout ? saved : undefined;
      if (!before) reader = new Reader(wanted);
      context = begun;
      saved = { rollout, sums: beginStep(before?.sums, startedAt) };
    },
    look: async (signal) => {
      const look = await observer.look(signal);
      if (!context || !saved) throw new Error('the judge was not told which releases to compare');
      const releases = { canary: context.canary.release, stable: context.stable.release };
      if (saved.sums.lookedAt === undefined) checkLook(look, releases.stable, wanted);
      const { counts, blockers, notJudged, notes } = reader.read(look, releases, saved.sums.pods);
      const unanswered = look.targets.filter((target) => target.unanswered === true);
      const { state, judgement } = weigh(
        saved.sums,
        {
          ...counts,
          at: look.at,
          releases,
          there: look.targets.map(({ pod }) => pod),
          blocker: joined([...unhealthy(look, releases.canary), ...blockers]),
          notJudged,
          unanswered,
        },
        options,
      );
      saved = { ...saved, sums: state };
      return { ...opinionOf(judgement, rules.sources), ...(notes.length > 0 ? { notes } : {}) };
    },
    state: () =>
      saved && ({ ...saved, ledger: reader.save(), sums: packed(saved.sums) } satisfies Stored),
    restore: (state) => {
      // What was saved by an earlier version keeps single series, and begins anew.
      const { rollout, ledger, sums } = (state ?? {}) as Partial<Stored>;
      const isKnown = rollout !== undefined && ledger && sums && !Array.isArray(sums.pods);
      saved = isKnown ? { rollout, sums: unpacked(sums) } : undefined;
      reader = new Reader(wanted, isKnown ? ledger : undefined);
    },
  };
}

/** Of so many reasons each is told; of more, their number. */
const TOLD = 4;

function joined(blockers: readonly string[]): string | undefined {
  if (blockers.length === 0) return undefined;
  const more = blockers.length > TOLD ? [`and ${blockers.length - TOLD} more`] : [];
  return [...blockers.slice(0, TOLD), ...more].join('; ');
}

/** Why a release must not be promoted for the health of its targets. */
function unhealthy({ targets }: Look, canary: string): string[] {
  const own = targets.filter(({ release }) => release === canary);
  if (own.length === 0)
    return [
      `no pod of ${canary} can be scraped: see that they run, declare a port, and do not say prometheus.io/scrape: "false"`,
    ];
  const down = own.find(({ health }) => health !== 'up');
  return down ? [`${down.pod} is not UP: ${down.error ?? down.health}`] : [];
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
    couldPromote: judgement.couldPromote,
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
