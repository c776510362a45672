/** The article's canary release as end-to-end tests, for any world that can run it. */
export { articleRelease } from './article-release.ts';
export type { QueryResult, ScrapeTarget, TrafficWatch, World, WorldPod } from './world.ts';
export { prometheusWorld } from './prometheus-world.ts';
export type { Pace } from './facts.ts';
export {
  dashboardQueries,
  expectDashboards,
  problemOf,
  type DashboardQuery,
} from './dashboards.ts';
export { requireChromium } from './require-chromium.ts';
export { expectedFigures, shown, type Figures, type Shown } from './shown-page.ts';
