import { deploymentName } from '@canary/manifests';

/** What the release is about: the same on every world. */
export const RPS = 100;
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
export const SCRAPE_SECONDS = 10;
