/** How a release stands, as figures, over time and over HTTP: the server that the live page and scripts ask. */
export * from './view.ts';
export { Feed, type News } from './live/feed.ts';
export { PAGE_METRICS } from './live/pod-counts.ts';
export { Sampler } from './live/sampler.ts';
export { SampleRing, type Backlog } from './live/sample-ring.ts';
export type { ReleaseSample, Sample } from './live/sample.ts';
export { watchRelease, type WatchReleaseOptions } from './live/watch-release.ts';
export type { ActionResult, Actor } from './server/actor.ts';
export { createApi, type ApiOptions, type Asset } from './server/app.ts';
export { servePage, type ServedPage, type ServeOptions } from './server/serve.ts';
