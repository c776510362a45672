/** The statistics that judge a canary; pure. */
export { binomialTest, shareInterval } from './binomial.ts';
export type { ShareInterval } from './binomial.ts';

export { judgeOptions, objectiveProblem, OptionError } from './options.ts';
export type { JudgeOptions, Metric } from './options.ts';
export type { Bound, Counts } from './formulas/counts.ts';

export { changesSince, type Change, type PodCounters } from './counting/counters.ts';
export { bucketBound, SeriesIndex, type SeriesName } from './counting/series-index.ts';
export { nameOf, SeriesLedger } from './counting/series-ledger.ts';
export type {
  LedgerLook,
  LedgerSample,
  PodNote,
  SavedLedger,
  SeriesClass,
} from './counting/series-ledger.ts';
export type { Counted } from './counting/tally.ts';

export { weigh } from './weighing/weigh.ts';
export { packed, unpacked, type PackedState } from './weighing/packed.ts';
export { beginStep } from './weighing/state.ts';
export type { BySide, JudgeLook, JudgeState, NotJudged, Side } from './weighing/state.ts';
export type { MetricEvidence, SideCounts } from './weighing/evidence.ts';
export type { Ground, Judgement, Verdict } from './verdict/decide.ts';
export { forecastFor, marginFor, type MarginForecast, type Traffic } from './verdict/forecast.ts';
export { describe } from './verdict/describe.ts';
