/** What a page or a script needs to talk with the server; runs in browsers. */
export * from './client/api-client.ts';
export { SampleRing, type Backlog } from './live/sample-ring.ts';
export type { ReleaseSample, Sample } from './live/sample.ts';
export type { ActionResult } from './server/actor.ts';
export * from './view/duration-text.ts';
export { actionNames, type ActionName } from './view/offers.ts';
export type { PageView, PodView } from './view/page-view.ts';
export { percentText } from './view/percent-text.ts';
export { sentence } from './view/sentence.ts';
export type { MetricStanding, Promotion, Standing } from './view/standing.ts';
export { countText, evidenceText, metricText } from './view/standing-text.ts';
export type * from './view/status-view.ts';
export type { StageView } from './view/stages.ts';
export type { Wait } from './view/wait.ts';
export type { HistoryEntry, Gate, RolloutSeries, Stage } from '@canary/rollout';
