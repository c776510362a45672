import { deploymentName } from '@canary/manifests';

/** What the release is about: the same on every world. */
export const V1 = {
  appname: 'myapp',
  version: '1.0',
  release: '1.0.0',
  deployment: deploymentName('1.0.0'),
};
export const V2 = {
  appname: 'myapp',
  version: 'v2.0.0',
  release: '2.0.0',
  deployment: deploymentName('2.0.0'),
};
export const SPLIT_REQUESTS = 3000;
/** Below this, an unbiased split would be called biased once in a million runs. */
export const P_LIMIT = 1e-6;

/** How fast the story goes in a world. */
export interface Pace {
  /** Requests per second. */
  readonly rps: number;
  /** Prometheus' scrape interval. */
  readonly scrapeSeconds: number;
  /** How long the load is steady before the graph is read; longer than its window. */
  readonly steadySeconds: number;
  /** The window of the graph's rate, such as `1m`: several scrapes. */
  readonly window: string;
}
