import type { PodSample } from '../ports/observer.ts';
import { judgeFor, type JudgeForOptions } from '../observe/judge-for.ts';
import { lookOf, type Exposing } from './exposing.ts';

const BEGIN = 1_000_000;
const { signal } = new AbortController();
const context = {
  rollout: 'r1',
  app: 'shop',
  stage: 1,
  startedAt: BEGIN,
  stable: { release: '1', replicas: 4 },
  canary: { release: '2', replicas: 1 },
};
/** Enough for an error-free canary to be promoted by what is counted. */
const SECONDS = 70;

/** One of four stable pods with 250 requests a second each, one of a thousand failing. */
export const stable = (second: number): Exposing => ({
  'http_requests_total{status="200"}': 250 * second,
  'http_requests_total{status="500"}': Math.floor(second / 4),
  ...histogram(250 * second),
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

/** The opinions about a look each second at four stable pods and one of the canary. */
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
      { ...stablePods(stableAt(second)), '2a': canaryAt(second) },
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

function stablePods(exposing: Exposing) {
  return { '1a': exposing, '1b': exposing, '1c': exposing, '1d': exposing };
}

/** All verdicts that there were. */
export async function verdicts(...args: Parameters<typeof judged>): Promise<ReadonlySet<string>> {
  const { opinions } = await judged(...args);
  return new Set(opinions.map(({ verdict }) => verdict));
}
