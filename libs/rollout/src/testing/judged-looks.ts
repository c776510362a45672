import type { PodSample } from '../ports/observer.ts';
import { judgeFor, type JudgeForOptions } from '../observe/judge-for.ts';
import { lookOf, type Exposing } from './exposing.ts';

const BEGIN = 1_000_000;
const { signal } = new AbortController();
const context = {
  rollout: 'r1',
  app: 'shop',
  step: 1,
  startedAt: BEGIN,
  stable: { release: '1', replicas: 1 },
  canary: { release: '2', replicas: 1 },
};
/** Enough for an error-free canary to be promoted by what is counted. */
const SECONDS = 70;

/** A stable release with 1,000 requests a second, one of a thousand failing. */
export const stable = (second: number): Exposing => ({
  'http_requests_total{status="200"}': 1000 * second,
  'http_requests_total{status="500"}': second,
  ...histogram(1000 * second),
});
/** An error-free canary with 250 requests a second. */
export const canary = (second: number): Exposing => ({
  'http_requests_total{status="200"}': 250 * second,
  ...histogram(250 * second),
});
/** So many requests, all of them fast. */
export function histogram(all: number): Exposing {
  return {
    'http_request_duration_seconds_bucket{le="0.1"}': all,
    'http_request_duration_seconds_bucket{le="+Inf"}': all,
  };
}

/** The opinions about a look each second at one pod of each release. */
export async function judged(
  canaryAt: (second: number) => Exposing,
  more: {
    stableAt?: (second: number) => Exposing;
    options?: JudgeForOptions;
    pod?: Partial<PodSample>;
    seconds?: number;
  } = {},
) {
  const { stableAt = stable, options = {}, pod = {}, seconds = SECONDS } = more;
  const left = Array.from({ length: seconds + 1 }, (_, second) =>
    lookOf(
      BEGIN + 1000 * second,
      { '1a': stableAt(second), '2a': canaryAt(second) },
      { '2a': pod },
    ),
  );
  const judge = judgeFor(
    { look: () => Promise.resolve(left.shift()!) },
    { ...options, judge: { margin: 0.01, warmUpSeconds: 0, ...options.judge } },
  );
  judge.begin(context);
  const opinions = [];
  while (left.length > 0) opinions.push(await judge.look(signal));
  return { opinions, last: opinions.at(-1)! };
}

/** All verdicts that there were. */
export async function verdicts(...args: Parameters<typeof judged>): Promise<ReadonlySet<string>> {
  const { opinions } = await judged(...args);
  return new Set(opinions.map(({ verdict }) => verdict));
}
