/** The statistics that judge a canary; pure. */
export { binomialTest, shareInterval } from './binomial.ts';
export type { ShareInterval } from './binomial.ts';
