import type { EarlyCut } from '../counting/early.ts';
import type { Batch, Cut } from '../counting/rounds.ts';
import type { PodState } from '../counting/segments.ts';
import type { PodCounters } from '../counting/counters.ts';
import type { Counted } from '../counting/tally.ts';
import type { Counts } from '../formulas/counts.ts';
import type { Metric } from '../options.ts';
import type { Block } from './block.ts';
import { NO_CURVE, type Curve } from './curve.ts';
import { NOT_HANGING, type Hanging } from './hanging.ts';
import type { Process } from './process.ts';
import type { Spread } from './spread.ts';

/** The release that is tried, and the one that has the traffic. */
export type Side = 'canary' | 'stable';

/** Something for each side. */
export type BySide<Value> = Readonly<Record<Side, Value>>;

/** What one look at the pods shows. Times are milliseconds since the Unix epoch. */
export interface JudgeLook {
  readonly at: number;
  /** The pods' releases; pods of others are passed over. */
  readonly releases: BySide<string>;
  /** What is counted at each position of the pods' values. */
  readonly counted: readonly Counted[];
  /** Their samples may be of different times, and the same as at the look before. */
  readonly pods: readonly PodCounters[];
  /** Pods that are there, sampled or not; what one counts without being sampled comes with its next sample. */
  readonly there: readonly string[];
  /** The bounds of the buckets that each side exposes, in seconds. */
  readonly bounds: BySide<readonly number[]>;
  /** Why the canary must not be promoted, whatever was counted. */
  readonly blocker: string | undefined;
  /** What cannot be judged, and why; said with every judgement. */
  readonly notJudged?: readonly NotJudged[];
  /** Pods that were asked for a sample and gave no answer in time, though they have answered before, or are ready. */
  readonly unanswered?: readonly { readonly pod: string; readonly release: string }[];
  /** The share of all requests that the canary should get, from 0 to 1; by the pods that are ready where it is undefined. */
  readonly expectedShare?: number | undefined;
}

/** A metric that is not judged, with the reason for a person, such as `its histogram has only +Inf`. */
export interface NotJudged {
  readonly metric: Metric;
  readonly why: string;
}

/** The sums of one metric. */
export interface MetricState {
  /** The evidence that the canary is worse; of errors, of pods that have been ready for a while, and of others. */
  readonly worse: Process | undefined;
  readonly cold: Process | undefined;
  /** ln of the evidence for a promotion and of ranks, by component of each mixture. */
  readonly safe: readonly number[];
  readonly rank: readonly number[];
  /** What was weighed so far, for latency at each threshold. */
  readonly counts: readonly Counts[];
  readonly safeCounts: Counts | undefined;
  /** What lacks one side so far. */
  readonly pending: Batch | undefined;
  /** What was weighed early, where samples differ in phase; of errors only. */
  readonly early?: EarlyState | undefined;
  /** How unevenly events fall on the stable pods, for latency at each threshold. */
  readonly spreads: readonly Spread[];
}

/** Sums of windows that are weighed before every stable pod was sampled. */
export interface EarlyState {
  /** ln of the evidence, by component of the mixture. */
  readonly worse: readonly number[];
  readonly counts: Counts;
}

/** Everything that the judge knows between two looks: plain JSON, some kilobytes per 10 pods. */
export interface JudgeState {
  /** When the clock of soak and limit began. */
  readonly since: number;
  readonly lookedAt: number | undefined;
  /** When a batch with requests to both sides was weighed last. */
  readonly requestsAt: number | undefined;
  readonly pods: readonly PodState[];
  readonly cut: Cut | undefined;
  /** The instant that all pods were sampled at last; undefined where they are not sampled at once. */
  readonly boundary: number | undefined;
  /** The usual delay of the slowest answer of a look, in milliseconds. */
  readonly delayMs: number | undefined;
  /** States that were saved before there was such a thing lack it. */
  readonly early?: EarlyCut | undefined;
  /** The buckets' bounds by their place in tallies; an infinite one is written as null. */
  readonly layout: readonly (number | null)[];
  readonly exposed: BySide<readonly (number | null)[]>;
  /** Requests of the stable release so far, up to each bound. */
  readonly past: readonly number[];
  readonly metrics: Readonly<Partial<Record<Metric, MetricState>>>;
  readonly block: Block | undefined;
  /** Batches in a row in which the canary was plainly broken. */
  readonly broken: number;
  /** What the canary did since its first request; undefined once it has answered one well. */
  readonly first: First | undefined;
  readonly hanging: Hanging;
  /** Looks in which both releases failed most requests, in a row. */
  readonly bothFailing: BothFailing | undefined;
  /** ln S against "within the objective", by objective and bet. */
  readonly objectives: Readonly<Partial<Record<ObjectiveName, readonly number[]>>>;
  readonly curve: Curve;
}

/** A canary that has failed every request so far. */
export interface First {
  readonly failed: number;
  readonly stable: { readonly failed: number; readonly requests: number };
}

/** Since when both releases fail most of their requests, and what they did meanwhile. */
export interface BothFailing {
  readonly since: number;
  readonly counts: Counts;
}

/** What a release can be told to keep, whatever the stable one does. */
export type ObjectiveName = 'errors' | 'latency';

/** A metric of which nothing was weighed. */
export const UNWEIGHED: MetricState = {
  worse: undefined,
  cold: undefined,
  safe: [],
  rank: [],
  counts: [],
  safeCounts: undefined,
  pending: undefined,
  spreads: [],
};

/**
 * The judge's state at the beginning of a step: the clock of soak and limit starts anew, the evidence
 * of earlier steps stays.
 *
 * @param since milliseconds since the Unix epoch
 */
export function beginStep(state: JudgeState | undefined, since: number): JudgeState {
  if (state) return { ...state, since };
  return {
    since,
    lookedAt: undefined,
    requestsAt: undefined,
    pods: [],
    cut: undefined,
    boundary: undefined,
    delayMs: undefined,
    layout: [],
    exposed: { canary: [], stable: [] },
    past: [],
    metrics: {},
    block: undefined,
    broken: 0,
    first: { failed: 0, stable: { failed: 0, requests: 0 } },
    hanging: NOT_HANGING,
    bothFailing: undefined,
    objectives: {},
    curve: NO_CURVE,
  };
}

/** JSON knows no infinite number. */
export function toJsonBounds(bounds: readonly number[]): (number | null)[] {
  return bounds.map((bound) => (bound === Infinity ? null : bound));
}

/** What {@link toJsonBounds} made. */
export function fromJsonBounds(bounds: readonly (number | null)[]): number[] {
  return bounds.map((bound) => bound ?? Infinity);
}
