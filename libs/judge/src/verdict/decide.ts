import { objectiveProblem, type JudgeOptions } from '../options.ts';
import { totalLogE, type MetricEvidence } from '../weighing/evidence.ts';
import type { Curve } from '../weighing/curve.ts';
import type { Counts } from '../formulas/counts.ts';
import { hangingBlocker, hangs } from '../weighing/hanging.ts';
import { bothFail, brokenObjectives, failsFromTheStart } from '../weighing/outright.ts';
import { promoteIn } from './forecast.ts';
import type { BySide, JudgeLook, JudgeState, NotJudged, ObjectiveName } from '../weighing/state.ts';

/** What the judge says: `no data` and `undecided` mean that it wants to look again. */
export type Verdict = 'promote' | 'roll back' | 'hold' | 'no data' | 'undecided';

/** What a verdict rests on. */
export type Ground =
  /** The evidence reached what is needed. */
  | 'evidence'
  /** The canary is plainly broken: most of its requests failed in two batches, and hardly any others. */
  | 'broken'
  /** The canary takes requests, or is asked for its counters, and does not answer; the stable release does. */
  | 'hanging'
  /** Both releases fail most of their requests: what both share cancels out in the comparison. */
  | 'both failing'
  /** An absolute objective is broken. */
  | 'objective'
  /** Nothing yet. */
  | 'none';

/** What the judge says after a look, with all that it rests on; JSON. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly ground: Ground;
  /** When it looked, in milliseconds since the Unix epoch, and how many seconds after the step began. */
  readonly at: number;
  readonly afterSeconds: number;
  readonly releases: BySide<string>;
  /** Requests since the look before. */
  readonly requests: BySide<number>;
  /** What keeps it from promoting, whatever is counted. */
  readonly blocker: string | undefined;
  /** Nothing blocks it, there is data, and what was counted is inside the margin, if without the evidence. */
  readonly couldPromote: boolean;
  /** What is not judged at all, and why. */
  readonly notJudged: readonly NotJudged[];
  /** Seconds until a promotion if the traffic and both releases stay as they are; undefined where that cannot be told. */
  readonly promoteInSeconds: number | undefined;
  /** How the canary hangs as a whole, where it does: its counters, or requests to it, are not answered. */
  readonly hanging: 'silent' | 'stuck' | undefined;
  /** What both releases did while both were failing most of their requests, where they are. */
  readonly bothFailing: Counts | undefined;
  readonly brokenObjectives: readonly ObjectiveName[];
  /** The metric that weighed most, and all of them. */
  readonly most: MetricEvidence;
  readonly metrics: readonly MetricEvidence[];
  /** ln E against the canary, and the E that rolls it back. */
  readonly logE: number;
  readonly needed: number;
  /** ln of the evidence for a promotion, that of the metric that has least of it, and what is needed. */
  readonly logSafe: number;
  readonly neededSafe: number;
  /** ln E over time, at most 240 points. */
  readonly curve: Curve['points'];
}

/** What a decision is made on. */
export interface Facts {
  readonly look: JudgeLook;
  readonly requests: BySide<number>;
  readonly evidence: readonly MetricEvidence[];
}

/**
 * The verdict. Against the canary: E has reached `1/alpha`, or it is plainly broken, or hangs. For it: after
 * the soak every metric's evidence of safety has reached `1/alphaPromote`; as all have to, none needs a
 * correction (intersection-union). How long that may take is for the rollout to say.
 */
export function decide(state: JudgeState, facts: Facts, options: JudgeOptions): Judgement {
  const { look, requests, evidence } = facts;
  const broken = brokenObjectives(state.objectives, options.alpha);
  const hanging = hangs(state.hanging, look.at);
  const bothFailing = bothFail(state.bothFailing, look.at) ? state.bothFailing?.counts : undefined;
  const blockers = [
    look.blocker,
    objectiveBlocker(evidence, options),
    hangingBlocker(state.hanging, look.releases.canary, options.alpha),
    ...broken.map((name) => brokenText(name, options)),
  ].filter((one) => one !== undefined);
  const blocker = blockers.length === 0 ? undefined : blockers.join('; ');
  const logSafes = evidence.flatMap(({ logSafe }) => logSafe ?? []);
  const sums = {
    logE: totalLogE(evidence),
    needed: 1 / options.alpha,
    logSafe: Math.min(...logSafes),
    neededSafe: 1 / options.alphaPromote,
  };
  const situation: Situation = {
    ...sums,
    seconds: (look.at - state.since) / 1000,
    isBroken: state.broken >= 2 || failsFromTheStart(state.first),
    isHanging: hanging !== undefined,
    shared: bothFailing ? 'both failing' : broken.length > 0 ? 'objective' : undefined,
    isBlocked: blocker !== undefined,
    hasData: look.at - (state.requestsAt ?? -Infinity) < options.noDataSeconds * 1000,
    isInside: evidence.every((metric) => isInside(metric, options)),
  };
  const [verdict, ground] = verdictOf(situation, options);
  return {
    verdict,
    ground,
    at: look.at,
    afterSeconds: situation.seconds,
    releases: look.releases,
    requests,
    blocker,
    couldPromote:
      situation.hasData &&
      !situation.isBlocked &&
      situation.isInside &&
      situation.shared === undefined,
    notJudged: look.notJudged ?? [],
    hanging,
    bothFailing,
    brokenObjectives: broken,
    promoteInSeconds: promoteIn(state, look.at, options),
    most: evidence.reduce((most, one) => (heaviest(one) > heaviest(most) ? one : most)),
    metrics: evidence,
    ...sums,
    curve: state.curve.points,
  };
}

function heaviest({ logE, logEarly = -Infinity }: MetricEvidence): number {
  return Math.max(logE, logEarly);
}

interface Situation extends Pick<Judgement, 'logE' | 'needed' | 'logSafe' | 'neededSafe'> {
  readonly seconds: number;
  readonly isBroken: boolean;
  readonly isHanging: boolean;
  /** What holds it, though the comparison says nothing. */
  readonly shared: 'both failing' | 'objective' | undefined;
  readonly isBlocked: boolean;
  readonly hasData: boolean;
  readonly isInside: boolean;
}

function verdictOf(now: Situation, options: JudgeOptions): readonly [Verdict, Ground] {
  const { hasData, seconds } = now;
  const canPass = hasData && !now.isBlocked;
  if (now.logE >= Math.log(now.needed)) return ['roll back', 'evidence'];
  if (now.isBroken) return ['roll back', 'broken'];
  if (now.isHanging) return ['roll back', 'hanging'];
  if (now.shared) return ['hold', now.shared];
  const isSafe = now.logSafe >= Math.log(now.neededSafe);
  if (canPass && isSafe && seconds >= options.soakSeconds) return ['promote', 'evidence'];
  return [hasData ? 'undecided' : 'no data', 'none'];
}

/** Of what says nothing for a promotion nothing is asked; of the rest, that something was counted. */
function isInside(
  { logSafe, safeCounts }: MetricEvidence,
  { marginTimes, margin }: JudgeOptions,
): boolean {
  if (logSafe === undefined) return true;
  if (!safeCounts) return false;
  const { x1, n1, x0, n0 } = safeCounts;
  return x1 / n1 <= (marginTimes * x0) / n0 + margin;
}

function brokenText(
  name: ObjectiveName,
  { objectiveErrors, objectiveLatency }: JudgeOptions,
): string {
  if (name === 'errors')
    return `more than ${percent(objectiveErrors ?? 0)} of the canary's requests fail, its objective`;
  const { seconds, share } = objectiveLatency ?? { seconds: 0, share: 0 };
  return `more than ${percent(share)} of the canary's requests take longer than ${seconds} s, its objective`;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

/** An objective that promises nothing is refused at the start; one that came to that later blocks. */
function objectiveBlocker(
  evidence: readonly MetricEvidence[],
  options: JudgeOptions,
): string | undefined {
  const { latencyObjectiveSeconds: objective } = options;
  if (objective === undefined) return undefined;
  const counts = evidence.find(({ metric }) => metric === 'latency')?.safeCounts;
  if (counts) return objectiveProblem(counts.x0 / counts.n0, options);
  return `latencyObjectiveSeconds ${objective} is not measured yet: it needs requests to warm processes of both releases, and a bucket of ${objective} s or more that both expose`;
}
