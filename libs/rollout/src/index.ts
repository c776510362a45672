/** The domain of a canary release: plans it, decides what follows from what is seen, and drives it through ports that it is handed. */
export type * from './ports/clock.ts';
export type * from './ports/judge.ts';
export type * from './ports/lock.ts';
export type * from './ports/observer.ts';
export type * from './ports/platform.ts';
export { hasEnded, isReplica } from './ports/is-replica.ts';
export { scrapePort } from './ports/scrape-port.ts';
export type * from './ports/store.ts';
export { ConflictError } from './ports/store.ts';

export type * from './plan/plan.ts';
export { isRemoval, splitOf } from './plan/plan.ts';
export { PlanError } from './plan/plan-error.ts';
export { planRelease, type PlannedRelease } from './plan/plan-release.ts';
export type { ObserveWish, ReleaseWish } from './strategies/wish.ts';
export type { StageDescription } from './plan/describe-plan.ts';
export { replicaShare, type Fraction, type Split } from './plan/split.ts';

export type * from './record/record.ts';
export type * from './record/request.ts';
export type { HistoryEntry } from './record/history.ts';
export { isDriven } from './record/is-driven.ts';
export { phaseBeganAt, standsSince } from './record/stopped.ts';
export type { RolloutSeries } from './record/series.ts';
export { releaseOfPod, type Naming } from './record/release-of-pod.ts';
export { newRollout, StartError, type NewRollout } from './record/new-rollout.ts';

export type { Action, RolloutEvent } from './decide/events.ts';
export { reduce, type Transition } from './decide/reduce.ts';
export { gateAt, stageAt } from './decide/stages.ts';
export type { Rollout } from './decide/turn.ts';

export { changesOf, type ChangesOptions } from './engine/changes-of.ts';
export { drive, type DriveOptions } from './engine/drive.ts';
export { DrivenElsewhereError, messageOf, RolloutStateError } from './engine/errors.ts';
export { findRollout, loadRollout } from './engine/load.ts';
export { requestCommand, type CommandOptions } from './engine/request-command.ts';
export { startRollout } from './engine/start.ts';

export { observeFor } from './observe/observe-for.ts';
export { readinessFor } from './observe/readiness-for.ts';
export {
  observedShare,
  requestsSince,
  type Baseline,
  type RequestCounts,
} from './observe/request-counts.ts';
export { judgeFor, type JudgeForOptions } from './observe/judge-for.ts';
export {
  judgedMetrics,
  seriesRules,
  type JudgedSeries,
  type SeriesRules,
} from './observe/judged-series.ts';
export { podTotals, type PodTotals } from './observe/pod-totals.ts';
export { statusRule, type StatusRule } from './observe/status-rule.ts';
export {
  judgeQueries,
  queryProblems,
  type AskQuery,
  type QueryGate,
} from './observe/judge-queries.ts';
export { checkMetrics, MetricsError } from './observe/check-metrics.ts';

export { chooseMargin, type MarginChoice, type MarginWish } from './forecast/choose-margin.ts';
export type { StableTraffic } from './forecast/stable-traffic.ts';
export { watchTraffic } from './forecast/watch-traffic.ts';
